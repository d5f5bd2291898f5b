using Kinora.Server.Tls;

namespace Kinora.Server.Tests.Tls;

/// <summary>Whether and where https is listened on.</summary>
public sealed class HttpsAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7860", null, false, null)]
    [InlineData("http://127.0.0.1:7860", null, true, "https://127.0.0.1:7861")]
    [InlineData("http://127.0.0.1:0", null, true, "https://127.0.0.1:0")]
    [InlineData("http://*:80", null, true, "https://*:81")]
    [InlineData("http://[::1]:7860", null, true, "https://[::1]:7861")]
    [InlineData("http://[::1]", null, true, "https://[::1]:443")]
    [InlineData("http://localhost", null, true, "https://localhost:443")]
    [InlineData("http://localhost:65535", null, true, null)]
    [InlineData("https://localhost:7860", null, true, null)]
    [InlineData("http://127.0.0.1:7860", "off", true, null)]
    [InlineData("http://127.0.0.1:7860", "https://localhost:8443", true, "https://localhost:8443")]
    [InlineData("http://127.0.0.1:7860", "https://localhost:8443", false, "https://localhost:8443")]
    public void It_is_on_once_there_is_a_certificate_or_when_asked_for(string url, string? httpsUrl, bool hasCertificate, string? expected) =>
        Assert.Equal(expected, HttpsAddress.Choose(new KinoraServerOptions { Url = url, HttpsUrl = httpsUrl }, hasCertificate));

    [Theory]
    [InlineData("http://127.0.0.1:8443")]
    [InlineData("yes")]
    public void Anything_else_is_refused(string httpsUrl) =>
        Assert.Throws<FormatException>(() => HttpsAddress.Choose(new KinoraServerOptions { HttpsUrl = httpsUrl }, hasCertificate: false));
}
