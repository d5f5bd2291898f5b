using System.Globalization;
using Kinora.Media.Speech;

namespace Kinora.Rendering.Direction;

/// <summary>Something that is said.</summary>
/// <param name="Request">The words and the voice.</param>
/// <param name="Seconds">When it starts.</param>
/// <param name="Pan">Where the speaker is, -1 (left) to 1 (right).</param>
public sealed record SpeechPlan(SpeechRequest Request, double Seconds, double Pan)
{
    /// <summary>For people: <c>female, english, at 0.5 s: "Hello"</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Request.Voice.ToString().ToLowerInvariant()}, {Request.Language.ToString().ToLowerInvariant()}, at {Seconds:0.0} s: \"{Request.Text}\"");
}
