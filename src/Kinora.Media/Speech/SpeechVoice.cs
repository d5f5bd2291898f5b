namespace Kinora.Media.Speech;

/// <summary>Who speaks.</summary>
public enum SpeechVoice
{
    /// <summary>A man.</summary>
    Male,

    /// <summary>A woman.</summary>
    Female,

    /// <summary>A child.</summary>
    Child,

    /// <summary>An old man.</summary>
    OldMale,

    /// <summary>An old woman.</summary>
    OldFemale,

    /// <summary>A whisper.</summary>
    Whisper,
}
