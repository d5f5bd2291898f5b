using System.Diagnostics;
using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Sound.Events;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Sound;

public sealed class SoundStageTests
{
    public static TheoryData<string> Beds => [.. SoundBeds.All.Select(bed => bed.Name)];

    [Theory]
    [MemberData(nameof(Beds))]
    public void Every_bed_reaches_its_loudness_and_stays_below_the_ceiling(string bed)
    {
        var track = Compose(bed, 5 * Soundtrack.SampleRateHz);

        Assert.InRange(LoudnessMeter.MeasureLufs(track), Loudness.AmbienceLufs - 1, Loudness.AmbienceLufs + 0.5);
        Assert.True(Peak(track) <= Math.Pow(10, -1 / 20.0), $"peak {Peak(track):0.00}");
    }

    [Theory]
    [MemberData(nameof(Beds))]
    public void The_same_seed_gives_the_same_samples_and_another_one_others(string bed)
    {
        var one = Compose(bed, Soundtrack.SampleRateHz);

        Assert.Equal(one.Left, Compose(bed, Soundtrack.SampleRateHz).Left);
        Assert.NotEqual(one.Left, Compose(bed, Soundtrack.SampleRateHz, seed: 8).Left);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2001)]
    [InlineData(240_240)]
    public void The_length_is_exact(int samples) => Assert.Equal(samples, Compose("wind", samples).Length);

    [Fact]
    public void It_begins_and_ends_in_silence()
    {
        var track = Compose("city", 2 * Soundtrack.SampleRateHz);

        Assert.Equal(0, track.Left[0], 1e-4f);
        Assert.Equal(0, track.Right[^1], 1e-4f);
    }

    [Fact]
    public async Task A_clip_asks_for_as_many_samples_as_its_frames_last()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "rain", 3) with { GenerateAudio = true };
        using var clip = Clips.Create(brief);

        Assert.Equal(3 * Soundtrack.SampleRateHz, (await clip.ComposeSoundtrackAsync(cancellationToken: TestContext.Current.CancellationToken)).Length);
        Assert.Equal("rain", clip.Plan.Sound!.Beds[0].Bed);
    }

    [Fact]
    public async Task Without_sound_in_the_brief_there_is_none()
    {
        using var clip = Clips.Create(Clips.Brief(Clips.Blobs(64, 64), "rain", 1));

        Assert.Null(clip.Plan.Sound);
        await Assert.ThrowsAsync<InvalidOperationException>(() => clip.ComposeSoundtrackAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> Events => [.. SoundEvents.All.Select(sound => sound.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_is_heard_at_its_moment_and_not_before(string name)
    {
        var sound = SoundEvents.Named(name);
        var plan = new SoundPlan([new BedPlan("room", 0, "")]);
        var quiet = Compose(plan, 4);
        var with = Compose(plan with { Events = [new EventPlan(name, 2, sound.Repeats ? 3.8 : 2 + sound.Seconds, 1, 0, 0.5, 0.5, "")] }, 4);

        // The room's own noise is the same in both, up to the one gain of the mastering.
        var gain = SoundProbe.Rms(with.Left.AsSpan(12_000, 72_000)) / SoundProbe.Rms(quiet.Left.AsSpan(12_000, 72_000));
        double[] difference = [.. with.Left.Zip(quiet.Left, (a, b) => Math.Abs(a - gain * b))];
        Assert.True(difference.Skip(4800).Take(88_800).Max() < 0.02 * difference.Max(), "it is heard too early");
        Assert.True(difference.Skip(96_000).Max() > 0.02);
        Assert.InRange(LoudnessMeter.MeasureTruePeakDb(with), -40, -1);
        Assert.InRange(LoudnessMeter.MeasureLufs(with), -23, -14);
    }

    [Fact]
    public void An_event_is_where_its_source_is()
    {
        var left = Compose(new SoundPlan([]) { Events = [new EventPlan("knock", 0.5, 1.4, 1, 0, -0.6, -0.6, "")] }, 2);

        Assert.True(SoundProbe.Rms(left.Left) > 2 * SoundProbe.Rms(left.Right));
    }

    [Fact]
    public void A_whoosh_passes_from_one_side_to_the_other()
    {
        var track = Compose(new SoundPlan([]) { Events = [new EventPlan("whoosh", 0.5, 1.9, 1, 0, -0.7, 0.7, "")] }, 3);
        double Lean(int first) => SoundProbe.Rms(track.Left.AsSpan(first, 14_400)) / SoundProbe.Rms(track.Right.AsSpan(first, 14_400));

        Assert.True(Lean(33_600) > 1.2 && Lean(67_200) < 0.8, $"left over right is {Lean(33_600):0.00} at first and {Lean(67_200):0.00} in the end");
    }

    [Fact]
    public void No_click_where_one_shots_ambience_meets_the_next()
    {
        var track = Compose(new SoundPlan([new BedPlan("room", 0, "", 0, 2), new BedPlan("city", 0, "", 2), new BedPlan("waves", -6, "", 2)]), 4);

        foreach (var seam in new[] { 1.88, 2.0, 2.12 })
            Assert.InRange(SoundProbe.Click(track.Left, (int)(seam * Soundtrack.SampleRateHz)), 0, 1.2);
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("epic")]
    public void Music_has_tones_that_stand_out_of_the_spectrum(string mood)
    {
        var track = Compose(new SoundPlan([]) { Music = new MusicPlan(mood, "") }, 6);
        var levels = Enumerable.Range(0, 60).Select(i => SoundProbe.Power(track, 100 + 12 * i, 112 + 12 * i, 0, track.Length)).Order().ToArray();

        Assert.True(levels[^1] > 100 * levels[15], "peaks far above the gaps between them");
        Assert.InRange(LoudnessMeter.MeasureLufs(track), Loudness.AmbienceLufs - 0.5, Loudness.AmbienceLufs + 0.5);
    }

    [Fact]
    public void An_empty_plan_is_exact_silence()
    {
        var track = Compose(new SoundPlan([]), 1);

        Assert.Equal(Soundtrack.SampleRateHz, track.Length);
        Assert.All(track.Left, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_fired_token_stops_the_composition() =>
        Assert.Throws<OperationCanceledException>(() => SoundStage.Compose(new SoundPlan([new BedPlan("rain", 0, "")]), [], 48_000, 7, new CancellationToken(true)));

    [Fact]
    public async Task Several_compositions_at_once_do_not_disturb_each_other()
    {
        var plan = new SoundPlan([new BedPlan("stream", 0, ""), new BedPlan("crowd", -6, "")]);
        var alone = Compose(plan, 2);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Compose(plan, 2))));

        Assert.All(together, track => Assert.Equal(alone.Right, track.Right));
    }

    [Fact]
    public async Task Ffmpegs_meter_agrees_about_loudness_and_true_peak()
    {
        var plan = new SoundPlan([new BedPlan("rain", 0, ""), new BedPlan("thunder", -3, "")]) { Events = [new EventPlan("explosion", 1, 3.6, 1, 0, 0, 0, "")] };
        using var scratch = ScratchDirectory.Create();
        var path = scratch.PathOf("sound.wav");
        await WavFile.WriteFloatAsync(path, Compose(plan, 6), cancellationToken: TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostdin", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]) { RedirectStandardError = true };
        using var ffmpeg = Process.Start(start)!;
        var report = await ffmpeg.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var summary = report[report.LastIndexOf("Summary:", StringComparison.Ordinal)..];

        Assert.InRange(Number(summary, @"I:\s+(-?[\d.]+) LUFS"), -23, -21);
        Assert.InRange(Number(summary, @"Peak:\s+(-?[\d.]+) dBFS"), -20, -1);
    }

    private static double Number(string text, string pattern) =>
        double.Parse(System.Text.RegularExpressions.Regex.Match(text, pattern).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private static Soundtrack Compose(SoundPlan plan, int seconds) => SoundStage.Compose(plan, [], seconds * Soundtrack.SampleRateHz, 7, TestContext.Current.CancellationToken);

    private static Soundtrack Compose(string bed, int samples, long seed = 7) =>
        SoundStage.Compose(new SoundPlan([new BedPlan(bed, 0, "")]), [], samples, seed, TestContext.Current.CancellationToken);

    private static float Peak(Soundtrack track) => Math.Max(track.Left.Max(Math.Abs), track.Right.Max(Math.Abs));
}
