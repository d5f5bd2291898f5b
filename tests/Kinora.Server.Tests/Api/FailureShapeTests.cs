using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Tests.Api;

public sealed class FailureShapeTests
{
    [Theory]
    [InlineData(JobFailureKind.InvalidInput, 422, null, true, false)]
    [InlineData(JobFailureKind.StartTimeout, 504, "request_timeout", false, true)]
    [InlineData(JobFailureKind.RunTimeout, 504, "request_timeout", false, false)]
    [InlineData(JobFailureKind.WorkerLost, 503, "runner_disconnected", false, false)]
    [InlineData(JobFailureKind.OutOfResources, 500, "internal_server_error", true, false)]
    [InlineData(JobFailureKind.EngineFault, 500, "internal_server_error", true, false)]
    public void Every_failure_has_one_shape(JobFailureKind kind, int statusCode, string? errorType, bool isModelError, bool isUserTimeout) =>
        Assert.Equal(new FailureShape(statusCode, errorType, isModelError, isUserTimeout), FailureShape.Of(kind));

    [Fact]
    public void No_kind_of_failure_lacks_a_shape() => Assert.All(Enum.GetValues<JobFailureKind>(), kind => FailureShape.Of(kind));
}
