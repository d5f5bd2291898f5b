using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests;

/// <summary><c>kinora certs</c>, and what <c>kinora serve</c> makes of it.</summary>
public sealed class CertsTests
{
    [Fact]
    public async Task One_command_and_the_server_speaks_https_to_whoever_trusts_its_authority()
    {
        using var data = new TemporaryDirectory();
        var output = await CertsAsync(data.Path, "--name", "kinora.example");
        var authority = Path.Combine(data.Path, "certs", "ca.pem");
        foreach (var expected in (string[])[authority, "FAL_RUN_HOST=", "FAL_QUEUE_RUN_HOST=", "SSL_CERT_FILE=", "NODE_EXTRA_CA_CERTS=", "127.0.0.1 rest.fal.ai v3.fal.media", "kinora.example"])
            Assert.Contains(expected, output, StringComparison.Ordinal);

        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0");
        var https = await server.WaitForHttpsAddressAsync();
        using var trusting = CreateClient(authority);
        using var stranger = new HttpClient();
        foreach (var host in (string[])["127.0.0.1", "localhost"])
            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(trusting, $"https://{host}:{https.Port}/healthz"));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri(https, "/healthz"), TestContext.Current.CancellationToken));
        Assert.IsType<AuthenticationException>(refused.InnerException);

        // Nothing is redirected from one to the other.
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(trusting, $"{server.Address}healthz"));
    }

    [Fact]
    public async Task Other_programs_accept_the_chain_too()
    {
        RequiredTool.SkipUnlessPresent("node");
        using var data = new TemporaryDirectory();
        await CertsAsync(data.Path);
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0");
        var https = await server.WaitForHttpsAddressAsync();

        // OpenSSL, with its own ideas of names: what Python makes of FAL_RUN_HOST=localhost.
        const string Script = "require('tls').connect({ host: '127.0.0.1', port: process.argv[1], servername: process.argv[2] }, function () { console.log(this.authorized); this.end(); })";
        foreach (var name in (string[])["localhost", "queue.localhost", "rest.fal.ai", "v3.fal.media"])
        {
            var said = await RunAsync("node", ["-e", Script, $"{https.Port}", name], ("NODE_EXTRA_CA_CERTS", Path.Combine(data.Path, "certs", "ca.pem")));
            Assert.Equal("true", said.Trim());
        }
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_shown_instead()
    {
        using var data = new TemporaryDirectory();
        using var own = new TemporaryDirectory();
        await CertsAsync(own.Path);
        var certs = Path.Combine(own.Path, "certs");
        await using var server = await ServerProcess.StartAsync(
            data.Path, "--slots", "0", "--cert", Path.Combine(certs, "server.pem"), "--cert-key", Path.Combine(certs, "server.key"));
        var https = await server.WaitForHttpsAddressAsync();
        using var trusting = CreateClient(Path.Combine(certs, "ca.pem"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(trusting, $"{https}healthz"));
        Assert.False(Directory.Exists(Path.Combine(data.Path, "certs")));
    }

    private static HttpClient CreateClient(string authorityPath) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityPath) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    });

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        return answer.StatusCode;
    }

    private static Task<string> CertsAsync(string dataDirectory, params string[] options) => RunAsync(ServerProcess.KinoraPath, ["certs", "--data", dataDirectory, .. options]);

    private static async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
