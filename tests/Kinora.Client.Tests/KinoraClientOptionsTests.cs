namespace Kinora.Client.Tests;

public sealed class KinoraClientOptionsTests
{
    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080/", "http://localhost:8080/queue/")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/", "http://localhost:8080/queue/")]
    [InlineData("https://example.org/video?x=1", "https://example.org/video/", "https://example.org/video/queue/")]
    public void A_server_is_known_by_one_address(string address, string run, string queue)
    {
        var options = KinoraClientOptions.ForServer(new Uri(address));

        Assert.Equal((run, queue, run), (options.RunAddress.AbsoluteUri, options.QueueAddress.AbsoluteUri, options.RestAddress.AbsoluteUri));
        Assert.True(options.ReplaysSubmits);
    }

    [Fact]
    public void Without_a_server_the_hosted_service_is_meant_and_no_submit_is_repeated()
    {
        var options = new KinoraClientOptions();

        Assert.Equal(
            ("https://fal.run/", "https://queue.fal.run/", "https://rest.fal.ai/"), (options.RunAddress.AbsoluteUri, options.QueueAddress.AbsoluteUri, options.RestAddress.AbsoluteUri));
        Assert.False(options.ReplaysSubmits);
    }

    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("/relative")]
    [InlineData("ftp://example.org")]
    public void An_address_that_is_none_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => KinoraClientOptions.ForServer(new Uri(address, UriKind.RelativeOrAbsolute)));
}
