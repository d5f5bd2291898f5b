namespace Kinora.Media.Speech;

/// <summary>One line to speak.</summary>
/// <param name="Text">The words, as written; markup and control characters are not spoken.</param>
/// <param name="Language">A language as a BCP 47 primary tag: <c>en</c>, <c>zh</c>, <c>de</c>. One that a speaker does not know is read as English.</param>
/// <param name="Voice">What the voice should be like.</param>
/// <param name="Rate">Speed against the voice's own, 0.5 to 2. Default 1.</param>
public sealed record SpeechRequest(string Text, string Language, SpeechVoice Voice, double Rate = 1);
