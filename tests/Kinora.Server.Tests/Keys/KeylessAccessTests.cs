using Kinora.Server.Keys;

namespace Kinora.Server.Tests.Keys;

public sealed class KeylessAccessTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("queue.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("192.168.1.5", true)]
    [InlineData("queue.fal.run", true)]
    [InlineData("rest.fal.ai", true)]
    [InlineData("video.example.org", true)]
    [InlineData("queue.video.example.org", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("evilfal.run", false)]
    public void A_server_without_keys_is_called_by_known_names_only(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, KeylessAccess.IsAllowed(host, ["video.example.org"]));
}
