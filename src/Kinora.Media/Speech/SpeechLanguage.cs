namespace Kinora.Media.Speech;

/// <summary>The language of a text to be spoken.</summary>
public enum SpeechLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Mandarin Chinese.</summary>
    Chinese,
}
