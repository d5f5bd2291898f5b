using System.Globalization;
using Kinora.Media.Speech;

namespace Kinora.Rendering.Direction;

/// <summary>A line that somebody says.</summary>
/// <param name="Text">The words, without their quotation marks.</param>
/// <param name="Language">Its language as a BCP 47 primary tag, for example <c>en</c> or <c>zh</c>.</param>
/// <param name="Voice">Whose voice.</param>
/// <param name="StartSeconds">The earliest moment it may start, from the clip's first sample.</param>
/// <param name="EndSeconds">When it must be over: the end of its shot.</param>
/// <param name="Pan">Where the speaker is, -1 left to 1 right.</param>
public sealed record SpeechPlan(string Text, string Language, SpeechVoice Voice, double StartSeconds, double EndSeconds, double Pan)
{
    /// <summary>For people: <c>"Hello." en, old man, 0.4-5 s</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"\"{Text}\" {Language}, {Who()}, {StartSeconds:0.##}-{EndSeconds:0.##} s{SoundPlan.Side(Pan)}");

    private string Who()
    {
        var who = (Voice.Age, Voice.Sex) switch
        {
            (VoiceAge.Child, VoiceSex.Female) => "girl",
            (VoiceAge.Child, VoiceSex.Male) => "boy",
            (VoiceAge.Child, _) => "child",
            (VoiceAge.Old, VoiceSex.Female) => "old woman",
            (VoiceAge.Old, VoiceSex.Male) => "old man",
            (VoiceAge.Old, _) => "old voice",
            (_, VoiceSex.Female) => "woman",
            (_, VoiceSex.Male) => "man",
            _ => "voice",
        };
        return Voice.Whispers ? who + " whispering" : who;
    }
}
