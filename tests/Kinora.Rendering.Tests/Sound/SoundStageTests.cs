using Kinora.Media.Audio;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Beds;

namespace Kinora.Rendering.Tests.Sound;

public sealed class SoundStageTests
{
    public static TheoryData<string> Beds => [.. SoundBeds.All.Select(bed => bed.Name)];

    [Theory]
    [MemberData(nameof(Beds))]
    public void Every_bed_reaches_its_loudness_and_stays_below_the_ceiling(string bed)
    {
        var track = Compose(bed, 5 * Soundtrack.SampleRateHz);

        Assert.InRange(LoudnessMeter.MeasureLufs(track), Loudness.AmbienceLufs - 1.5, Loudness.AmbienceLufs + 0.5);
        Assert.True(LoudnessMeter.MeasureTruePeakDb(track) <= -1, $"peak {LoudnessMeter.MeasureTruePeakDb(track):0.0} dBTP");
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
    public void A_clip_asks_for_as_many_samples_as_its_frames_last()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "rain", 3) with { GenerateAudio = true };
        using var clip = Clips.Create(brief);

        Assert.Equal(3 * Soundtrack.SampleRateHz, clip.ComposeSoundtrack(TestContext.Current.CancellationToken).Length);
        Assert.Equal("rain", clip.Plan.Sound!.Beds[0].Bed);
    }

    [Fact]
    public void Without_sound_in_the_brief_there_is_none()
    {
        using var clip = Clips.Create(Clips.Brief(Clips.Blobs(64, 64), "rain", 1));

        Assert.Null(clip.Plan.Sound);
        Assert.Throws<InvalidOperationException>(() => clip.ComposeSoundtrack(TestContext.Current.CancellationToken));
    }

    private static Soundtrack Compose(string bed, int samples, long seed = 7) =>
        Loudness.Normalize(SoundStage.Compose(new SoundPlan([new BedPlan(bed, 0, "")]), samples, seed, TestContext.Current.CancellationToken), Loudness.AmbienceLufs);
}
