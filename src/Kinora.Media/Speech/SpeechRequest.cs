namespace Kinora.Media.Speech;

/// <summary>A sentence to be spoken.</summary>
/// <param name="Text">The words, at most 600 characters are spoken.</param>
/// <param name="Language">Their language.</param>
/// <param name="Voice">Who speaks them.</param>
/// <param name="Rate">Speed, 1 = as usual, 0.5 to 2.</param>
public sealed record SpeechRequest(string Text, SpeechLanguage Language, SpeechVoice Voice, double Rate = 1);
