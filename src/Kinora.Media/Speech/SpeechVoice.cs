namespace Kinora.Media.Speech;

/// <summary>What a voice should be like.</summary>
/// <param name="Sex">A woman's or a man's voice.</param>
/// <param name="Age">How old it sounds.</param>
/// <param name="Whispers">Whether it whispers: breath without a pitch. Default false.</param>
public sealed record SpeechVoice(VoiceSex Sex, VoiceAge Age, bool Whispers = false);
