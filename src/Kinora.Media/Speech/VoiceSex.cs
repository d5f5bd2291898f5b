namespace Kinora.Media.Speech;

/// <summary>Whether a voice sounds like a woman's or a man's.</summary>
public enum VoiceSex
{
    /// <summary>Nothing is known; the speaker uses its plain voice.</summary>
    Unspecified,

    /// <summary>A woman's or a girl's.</summary>
    Female,

    /// <summary>A man's or a boy's.</summary>
    Male,
}
