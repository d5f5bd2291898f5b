using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests.Blobs.S3;
using Kinora.Media;

namespace Kinora.Server.Tests;

/// <summary>Whole servers whose files are in a real bucket, behind a network that misbehaves when told to.</summary>
public sealed class BucketServerTests(S3Server s3) : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v3/turbo/standard/image-to-video";

    private readonly ScratchDirectory _data = ScratchDirectory.Create();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private S3Options _bucket = null!;
    private FaultProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _bucket = await s3.CreateBucketAsync();
        _proxy = new FaultProxy(_bucket.Endpoint!);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_proxy is not null) await _proxy.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_clip_is_read_whole_and_in_ranges_and_nothing_is_left_on_this_machine()
    {
        await using var server = await StartAsync();
        var url = await GenerateAsync(server);

        var whole = await _http.GetByteArrayAsync(url);
        using var ranged = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(4, 7) } };
        using var part = await _http.SendAsync(ranged);

        Assert.Equal("ftyp"u8.ToArray(), await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole.Length, part.Content.Headers.ContentRange!.Length);
        Assert.False(Directory.Exists(Path.Combine(_data.FullPath, "blobs")));
        using var missing = await _http.GetAsync(url + "x");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Where_it_is_wished_readers_are_sent_to_the_bucket()
    {
        await using var server = await StartAsync(options => options.S3.SignedReads = true);
        var url = await GenerateAsync(server);

        using var answer = await _http.GetAsync(url);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        var clip = await _http.GetByteArrayAsync(answer.Headers.Location);
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var missing = await _http.GetAsync(url + "x");

        Assert.Equal("ftyp"u8.ToArray(), clip[4..8]);
        Assert.Equal((HttpStatusCode.OK, (long?)clip.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task An_outage_longer_than_all_retries_delays_a_job_and_does_not_fail_it()
    {
        await using var server = await StartAsync();
        var refused = 0;
        // The SDK gives up after 5 requests; this is two such rounds.
        _proxy.Judge = head => head.StartsWith("PUT", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= 8 ? new ProxyFault.Answer(503, "ServiceUnavailable") : null;

        var url = await GenerateAsync(server, patience: 90);

        Assert.True(refused > 8);
        Assert.NotEmpty(await _http.GetByteArrayAsync(url));
    }

    [Fact]
    public async Task While_the_bucket_is_away_readers_are_asked_to_come_again()
    {
        await using var server = await StartAsync();
        var url = await GenerateAsync(server);
        _proxy.Judge = _ => new ProxyFault.Answer(500, "InternalError");

        using var away = await _http.GetAsync(url);
        _proxy.Judge = _ => null;
        using var back = await _http.GetAsync(url);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (away.StatusCode, back.StatusCode));
        Assert.Contains("storage", await away.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-bucket", null, "NoSuchBucket")]
    [InlineData(null, "wrong", "403")]
    public async Task A_wrong_bucket_or_key_stops_the_start(string? bucket, string? secret, string told)
    {
        var problem = await Assert.ThrowsAsync<ServerStartException>(async () =>
        {
            await using var server = await StartAsync(options =>
            {
                options.S3.Bucket = bucket ?? options.S3.Bucket;
                options.S3.SecretKey = secret ?? options.S3.SecretKey;
            });
        });

        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_without_a_bucket_stops_the_start() =>
        await Assert.ThrowsAsync<ServerStartException>(() => StartAsync(options => options.S3.Bucket = null));

    private Task<KinoraServer> StartAsync(Action<KinoraServerOptions>? configure = null)
    {
        var options = new KinoraServerOptions
        {
            Url = "http://127.0.0.1:0",
            DataDirectory = _data.FullPath,
            GraceSeconds = 0,
            Instant = true,
            S3 = { Bucket = _bucket.Bucket, Endpoint = _proxy.Address.ToString(), AccessKey = _bucket.AccessKey, SecretKey = _bucket.SecretKey },
        };
        configure?.Invoke(options);
        return KinoraServer.StartAsync(options, CancellationToken.None);
    }

    private async Task<string> GenerateAsync(KinoraServer server, double patience = 30)
    {
        using var submitted = await _http.PostAsJsonAsync($"{server.Address}/queue/{Endpoint}", new { image_url = "https://example.org/a.png", prompt = "slow zoom", duration = "3" });
        var request = (await submitted.Content.ReadFromJsonAsync<JsonNode>())!;
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = (await _http.GetFromJsonAsync<JsonNode>(request["status_url"]!.GetValue<string>()))!;
            if (status["status"]!.GetValue<string>() == "COMPLETED") break;
            Assert.True(TimeProvider.System.GetElapsedTime(deadline).TotalSeconds < patience, "The job did not end in time.");
            await Task.Delay(20);
        }

        var result = (await _http.GetFromJsonAsync<JsonNode>(request["response_url"]!.GetValue<string>()))!;
        return result["video"]!["url"]!.GetValue<string>();
    }
}
