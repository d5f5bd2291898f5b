using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Sound.Speech;

namespace Kinora.Rendering.Tests.Sound.Speech;

public sealed class SpeechBoothTests
{
    private static readonly SpeechVoice s_voice = new(VoiceSex.Female, VoiceAge.Adult);

    [Fact]
    public async Task A_line_that_fits_is_spoken_as_it_is()
    {
        var line = Assert.Single(await RecordAsync("Ten chars.", 0.5, 5));

        Assert.Equal(0.5, line.StartSeconds);
        Assert.InRange(line.EndSeconds, 1.3, 1.6);
    }

    [Theory]
    [InlineData("This line is a little too long for the time there is", 4.3)]
    [InlineData("First sentence. Second sentence is long. Third sentence is even longer than that. And a fourth.", 3)]
    [InlineData("没有标点的一句很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的话", 2)]
    public async Task A_line_never_runs_over_the_end_of_its_shot(string text, double end)
    {
        var line = Assert.Single(await RecordAsync(text, 0.3, end));

        Assert.InRange(line.EndSeconds, 0.3 + 0.4 * (end - 0.3), end + 1e-6);
    }

    [Fact]
    public async Task What_is_too_long_is_first_spoken_faster_then_cut_at_a_sentence_with_a_warning()
    {
        var (requests, warnings) = (new List<SpeechRequest>(), new List<string>());
        await SpeechBooth.RecordAsync([Plan("One sentence here. Another one follows there.", 0, 2)], Recording(requests), warnings.Add, TestContext.Current.CancellationToken);

        Assert.Equal([1, 1.25, 1.25], requests.Select(request => request.Rate));
        Assert.Equal("One sentence here.", requests[^1].Text);
        Assert.Contains("One sentence here.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_lines_of_a_shot_follow_each_other()
    {
        var lines = await SpeechBooth.RecordAsync([Plan("Hello there.", 0.3, 5), Plan("Hello to you.", 0.3, 5)], Recording([]), null, TestContext.Current.CancellationToken);

        Assert.True(lines[1].StartSeconds >= lines[0].EndSeconds + 0.2);
    }

    [Fact]
    public async Task A_speaker_that_fails_costs_its_line_and_a_warning()
    {
        var warnings = new List<string>();
        var lines = await SpeechBooth.RecordAsync([Plan("Hello", 0, 5)], (_, _) => throw new DamagedMediaException("broken"), warnings.Add, TestContext.Current.CancellationToken);

        Assert.Empty(lines);
        Assert.Contains("broken", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_speaker_there_are_no_lines() =>
        Assert.Empty(await SpeechBooth.RecordAsync([Plan("Hello", 0, 5)], null, null, TestContext.Current.CancellationToken));

    [Fact]
    public void Speech_at_another_rate_keeps_its_pitch_and_gains_no_image()
    {
        var tone = Enumerable.Range(0, 22_050).Select(i => 0.5f * (float)Math.Sin(Math.Tau * 1000 * i / 22_050)).ToArray();
        var result = Resampler.To48k(tone, 22_050);
        var track = new Soundtrack(result, result);

        Assert.Equal(48_000, result.Length, 2.0);
        Assert.True(Probes.SoundProbe.Share(track, 900, 1100) > 0.999);
    }

    private static Task<IReadOnlyList<RecordedLine>> RecordAsync(string text, double start, double end) =>
        SpeechBooth.RecordAsync([Plan(text, start, end)], Recording([]), null, TestContext.Current.CancellationToken);

    private static SpeechPlan Plan(string text, double start, double end) => new(text, "en", s_voice, start, end, 0);

    /// <summary>A speaker that hums a tenth of a second per character.</summary>
    private static Func<SpeechRequest, CancellationToken, Task<SpokenLine>> Recording(List<SpeechRequest> requests) => (request, _) =>
    {
        requests.Add(request);
        var samples = new float[(int)(request.Text.Length * 2205 / request.Rate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = 0.3f * (float)Math.Sin(i * 0.06);
        return Task.FromResult(new SpokenLine(samples, 22_050));
    };
}
