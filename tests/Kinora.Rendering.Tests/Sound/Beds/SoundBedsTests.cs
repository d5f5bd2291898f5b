using Kinora.Media.Audio;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Sound.Beds;

/// <summary>Nobody listens in a test: the beds are told apart by where their energy lies and how it moves.</summary>
public sealed class SoundBedsTests
{
    public static TheoryData<string> Beds => [.. SoundBeds.All.Select(bed => bed.Name)];

    // What makes a bed itself, as shares of its energy between 42 Hz and 24 kHz.
    [Theory]
    [InlineData("rain", 2000, 10_000, 0.3, 1)]
    [InlineData("birds", 2000, 6500, 0.5, 1)]
    [InlineData("night", 3400, 5600, 0.2, 1)]
    [InlineData("stream", 250, 2000, 0.5, 1)]
    [InlineData("crowd", 200, 2500, 0.6, 1)]
    [InlineData("thunder", 40, 400, 0.7, 1)]
    [InlineData("underwater", 40, 400, 0.8, 1)]
    [InlineData("underwater", 2000, 20_000, 0, 0.01)]
    [InlineData("space", 40, 400, 0.7, 1)]
    [InlineData("machinery", 40, 400, 0.4, 0.95)]
    [InlineData("traffic", 40, 800, 0.6, 1)]
    [InlineData("city", 40, 400, 0.6, 1)]
    [InlineData("wind", 100, 1500, 0.7, 1)]
    [InlineData("waves", 100, 3000, 0.6, 1)]
    [InlineData("lapping", 100, 1500, 0.6, 1)]
    [InlineData("room", 2500, 20_000, 0, 0.1)]
    [InlineData("fire", 40, 250, 0.3, 0.97)]
    public void A_beds_energy_lies_where_its_sound_does(string bed, double low, double high, double least, double most) =>
        Assert.InRange(SoundProbe.Share(Compose(bed), low, high), least, most);

    [Fact]
    public void Steady_beds_are_steady_and_moving_ones_move()
    {
        foreach (var steady in new[] { "rain", "stream", "room", "night" })
            Assert.InRange(SoundProbe.Unrest(Compose(steady)), 0, 0.5);
        foreach (var moving in new[] { "waves", "thunder", "wind", "birds" })
            Assert.InRange(SoundProbe.Unrest(Compose(moving)), 0.3, 3);
    }

    [Fact]
    public void Fire_and_thunder_strike_and_rooms_do_not()
    {
        var room = SoundProbe.Crest(Compose("room"));

        Assert.InRange(SoundProbe.Crest(Compose("thunder")), 1.15 * room, 20);
        Assert.InRange(SoundProbe.Crest(Compose("fire")), 1.15 * room, 20);
    }

    [Theory]
    [MemberData(nameof(Beds))]
    public void Both_channels_carry_the_bed_but_are_not_the_same(string bed)
    {
        var track = Compose(bed);

        Assert.InRange(SoundProbe.Rms(track.Left) / SoundProbe.Rms(track.Right), 0.6, 1.7);
        Assert.NotEqual(track.Left, track.Right);
    }

    [Theory]
    [MemberData(nameof(Beds))]
    public void No_two_beds_share_a_word(string bed)
    {
        var phrases = SoundBeds.Named(bed).Phrases;
        var others = SoundBeds.All.Where(other => other.Name != bed).SelectMany(other => other.Phrases).Select(phrase => phrase.Text).ToHashSet();

        Assert.Contains(phrases, phrase => phrase.Text[0] > '\u3000');
        Assert.DoesNotContain(phrases, phrase => others.Contains(phrase.Text));
    }

    [Theory]
    [MemberData(nameof(Beds))]
    public void A_bed_never_clips_off_or_stops(string bed)
    {
        var track = Compose(bed);

        Assert.All(track.Left, sample => Assert.True(float.IsFinite(sample)));
        Assert.DoesNotContain(SoundProbe.Envelope(track)[2..^6], level => level < 1e-4);
    }

    private static Soundtrack Compose(string bed) =>
        SoundStage.Compose(new SoundPlan([new BedPlan(bed, 0, "")]), [], 6 * Soundtrack.SampleRateHz, 7, TestContext.Current.CancellationToken);
}
