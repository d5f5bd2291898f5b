using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Server.Tests.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Tests.Telemetry;

/// <summary>A whole request, from a client that traces to its webhook, as a collector sees it.</summary>
public sealed class TraceTests
{
    private const string Endpoint = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Every_stage_of_a_request_is_a_span_of_the_clients_trace()
    {
        var exported = new List<byte[]>();
        await using var collector = await StartCollectorAsync(exported);
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        using var data = ScratchDirectory.Create();
        var options = new KinoraServerOptions { Url = "http://127.0.0.1:0", DataDirectory = data.FullPath, GraceSeconds = 0, TracesUrl = collector.Urls.First() };
        options.AllowedPrivateHosts.Add("127.0.0.1");
        await using (var server = await KinoraServer.StartAsync(options, CancellationToken.None))
        {
            await SubmitAsync(server, receiver.Url());
            for (var tries = 0; receiver.Received.Count == 0; tries++)
            {
                Assert.True(tries < 1_200, "The webhook did not come within 60 s.");
                await Task.Delay(50);
            }
        }

        byte[] all;
        lock (exported) all = [.. exported.SelectMany(body => body)];
        Assert.All(
            (string[])["request", "claim", "attempt", "fetch", "generate", "encode", "publish", "webhook"],
            name => Assert.True(all.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0, $"There is no span {name}."));
        // Eight spans carry the trace that the client began: seven stages and the submit.
        Assert.True(CountOf(all, Convert.FromHexString(TraceId)) >= 8);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("collector")]
    public async Task A_collector_that_is_no_web_address_stops_the_start(string url)
    {
        using var data = ScratchDirectory.Create();
        var options = new KinoraServerOptions { Url = "http://127.0.0.1:0", DataDirectory = data.FullPath, TracesUrl = url };
        await Assert.ThrowsAsync<ServerStartException>(() => KinoraServer.StartAsync(options, CancellationToken.None));
    }

    private static async Task SubmitAsync(KinoraServer server, string webhook)
    {
        using var http = new HttpClient();
        var picture = "data:image/jpeg;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(SamplePhotos.PathOf("astronaut.jpg")));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/queue/{Endpoint}?fal_webhook={Uri.EscapeDataString(webhook)}")
        {
            Content = new StringContent(new JsonObject { ["image_url"] = picture, ["prompt"] = "slow push in", ["duration"] = "3" }.ToJsonString(), new MediaTypeHeaderValue("application/json")),
            Headers = { { "traceparent", $"00-{TraceId}-b7ad6b7169203331-01" } },
        };
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<WebApplication> StartCollectorAsync(List<byte[]> exported)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (exported) exported.Add(body.ToArray());
        });
        await app.StartAsync();
        return app;
    }

    private static int CountOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (int at; (at = text.IndexOf(part)) >= 0; count++) text = text[(at + part.Length)..];
        return count;
    }
}
