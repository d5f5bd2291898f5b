namespace Kinora.Media.Speech;

/// <summary>About how old a voice sounds.</summary>
public enum VoiceAge
{
    /// <summary>Grown up.</summary>
    Adult,

    /// <summary>A child.</summary>
    Child,

    /// <summary>An old person: lower and slower.</summary>
    Old,
}
