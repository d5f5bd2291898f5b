using Kinora.Media.Audio;
using Kinora.Media.Speech;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Sound.Speech;

/// <summary>Whole clips with real speech of espeak-ng.</summary>
public sealed class SpokenClipTests
{
    private const string Scene = "A quiet room. The old man looks up and says ";

    [Theory]
    [InlineData("“Good evening, my friends.”", "“…”")]
    [InlineData("“大家晚上好，欢迎来到这里。”", "")]
    public async Task A_quoted_line_is_heard_and_the_same_prompt_without_it_has_none(string quote, string nothing)
    {
        Soundtrack with = await ComposeAsync(Scene + quote), without = await ComposeAsync(Scene + nothing);

        // Formants of a voice lie where a room has next to nothing, and syllables make the level rise and fall.
        Assert.InRange(SoundProbe.Power(with, 400, 4000, 0, with.Length) / SoundProbe.Power(without, 400, 4000, 0, with.Length), 2, 1000);
        Assert.InRange(SoundProbe.Unrest(with) / SoundProbe.Unrest(without), 2, 100);
        Assert.InRange(LoudnessMeter.MeasureLufs(with), Loudness.SpeechLufs - 0.5, Loudness.SpeechLufs + 0.5);
        Assert.InRange(LoudnessMeter.MeasureTruePeakDb(with), -12, -1);
        Assert.Equal(5 * Soundtrack.SampleRateHz, with.Length);
    }

    [Fact]
    public async Task The_ambience_steps_back_while_somebody_speaks()
    {
        var track = await ComposeAsync("Heavy rain. A woman says “Hello.”");

        // Above 9 kHz this voice has nothing: what is left there is the rain.
        var during = SoundProbe.Power(track, 12_000, 18_000, (int)(0.45 * 48_000), (int)(0.8 * 48_000));
        var after = SoundProbe.Power(track, 12_000, 18_000, 3 * 48_000, 4 * 48_000);
        Assert.InRange(10 * Math.Log10(after / during), 6, 14);
    }

    [Fact]
    public async Task The_same_brief_gives_the_same_samples() =>
        Assert.Equal((await ComposeAsync("A boy says “Look!” Waves on the beach.")).Left, (await ComposeAsync("A boy says “Look!” Waves on the beach.")).Left);

    [Fact]
    public async Task Without_a_synthesiser_the_clip_has_its_other_sounds()
    {
        using var clip = Clips.Create(Clips.Brief(Clips.Blobs(64, 64), "Rain. He says “Hello.”", 2) with { GenerateAudio = true });
        var track = await clip.ComposeSoundtrackAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(LoudnessMeter.MeasureLufs(track), Loudness.AmbienceLufs - 0.5, Loudness.AmbienceLufs + 0.5);
        Assert.Contains(clip.Plan.Notes, note => note.Contains("not spoken", StringComparison.Ordinal));
    }

    private static async Task<Soundtrack> ComposeAsync(string prompt)
    {
        var speaker = EspeakSpeaker.TryFind();
        Assert.False(speaker is null && (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Contains("espeak-ng", StringComparison.Ordinal), "espeak-ng must be installed here.");
        Assert.SkipWhen(speaker is null, "espeak-ng is not installed.");
        using var clip = Clips.Create(Clips.Brief(Clips.Blobs(64, 64), prompt, 5) with { GenerateAudio = true, Speak = speaker!.SpeakAsync });
        return await clip.ComposeSoundtrackAsync(Assert.Fail, TestContext.Current.CancellationToken);
    }
}
