using Kinora.Media.Audio;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Events;

namespace Kinora.Rendering.Tests.Sound;

public sealed class SoundEventsTests
{
    public static TheoryData<string> Names => [.. SoundEvents.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_is_audible_and_not_absurdly_loud(string name)
    {
        var samples = new float[3 * Soundtrack.SampleRateHz];
        SoundEvents.Named(name).Add(samples, new NoiseSource(7, 1));

        Assert.InRange(samples.Max(Math.Abs), 0.05f, 2.5f);
        Assert.All(samples, value => Assert.True(float.IsFinite(value)));
    }
}
