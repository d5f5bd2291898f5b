using System.Net;

namespace Kinora.Cli.Tests.Commands;

/// <summary>Keys made on the command line open and close a running server.</summary>
public sealed class KeysCommandTests
{
    private const string Status = "/queue/fal-ai/kling-video/requests/7d1ee8a5-5a4b-4d8e-9c53-6a57d6d5a001/status";

    [Fact]
    public async Task A_running_server_asks_for_a_key_as_soon_as_one_exists_and_refuses_it_once_revoked()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(server, key: null));

        var created = await KinoraProcess.RunAsync("keys", "create", "--name", "ci", "--data", data.Path);
        var key = created.Output.Trim();

        Assert.Equal(0, created.ExitCode);
        await UntilAsync(server, key: null, HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(server, key));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(server, key + "0"));

        var revoked = await KinoraProcess.RunAsync("keys", "revoke", key.Split(':')[0], "--data", data.Path);

        Assert.Equal(0, revoked.ExitCode);
        await UntilAsync(server, key, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_listing_shows_every_key_and_no_secret()
    {
        using var data = new TemporaryDirectory();
        var key = (await KinoraProcess.RunAsync("keys", "create", "--name", "ci", "--data", data.Path)).Output.Trim().Split(':');

        var list = await KinoraProcess.RunAsync("keys", "list", "--data", data.Path);

        Assert.Contains(key[0], list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[1], list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[1], string.Concat(Directory.GetFiles(data.Path).Select(ReadText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_a_key_that_is_not_there_fails_with_a_reason()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync("keys", "revoke", "nobody", "--data", data.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no key nobody", run.Errors, StringComparison.Ordinal);
    }

    private static string ReadText(string path) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));

    private static async Task UntilAsync(ServerProcess server, string? key, HttpStatusCode expected)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (await GetAsync(server, key) != expected)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"The server did not come to answer {expected}.");
            await Task.Delay(50);
        }
    }

    private static async Task<HttpStatusCode> GetAsync(ServerProcess server, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Status);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Key " + key);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
