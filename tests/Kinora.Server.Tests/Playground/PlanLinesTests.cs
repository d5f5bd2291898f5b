using Kinora.Jobs;
using Kinora.Server.Playground;

namespace Kinora.Server.Tests.Playground;

public sealed class PlanLinesTests
{
    [Fact]
    public void The_plan_lies_between_the_first_shot_and_the_next_progress() =>
        Assert.Equal(
            ["shot 1: frames 0-5", "  camera: still", "shot 2: frames 6-9", "note: none"],
            Of("analysing 0%", "shot 1: frames 0-5", "  camera: still", "shot 2: frames 6-9", "note: none", "composing sound 2%", "shot 9: later"));

    [Fact]
    public void Of_two_attempts_the_later_ones_plan_counts() =>
        Assert.Equal(["shot 1: second"], Of("shot 1: first", "rendering 10%", "shot 1: second", "rendering 10%, 4 s left"));

    [Fact]
    public void Without_a_shot_there_is_no_plan() => Assert.Empty(Of("fetching 0%", "a warning"));

    private static IReadOnlyList<string> Of(params string[] messages) =>
        PlanLines.Of([.. messages.Select((message, index) => new JobLogLine(index + 1, DateTimeOffset.UnixEpoch, JobLogLevel.Info, message))]);
}
