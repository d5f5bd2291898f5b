using System.Net;
using System.Text;
using Kinora.Jobs;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>What a submit takes, stores and refuses.</summary>
public sealed class SubmitTests
{
    [Fact]
    public async Task Low_priority_runs_behind_all_normal_requests()
    {
        await using var server = await StartAsync();
        var low = await server.SubmitAsync(headers: ("X-Fal-Queue-Priority", "low"));
        var normal = await server.SubmitAsync(headers: ("x-fal-queue-priority", "normal"));
        Assert.Equal(normal, (await server.ClaimAsync()).Id);
        Assert.Equal(low, (await server.ClaimAsync()).Id);
    }

    [Fact]
    public async Task A_start_timeout_that_runs_out_is_a_504_that_clients_do_not_retry()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync(headers: ("X-Fal-Request-Timeout", "0.1"));
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (await server.Jobs.ReapAsync(CancellationToken.None) == 0 && DateTime.UtcNow < deadline) await Task.Yield();

        var result = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}");
        Assert.Equal((504, "user"), (result.Code, result.Header("X-Fal-Request-Timeout-Type")));
        Assert.Equal("request_timeout", result.Json["error_type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 3)]
    public async Task No_retry_means_one_attempt(string header, int maxAttempts)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync(headers: ("X-Fal-No-Retry", header));
        Assert.Equal(maxAttempts, (await server.Jobs.FindAsync(id, CancellationToken.None))!.MaxAttempts);
    }

    [Theory]
    [InlineData("X-Fal-Queue-Priority", "urgent")]
    [InlineData("X-Fal-Request-Timeout", "soon")]
    [InlineData("X-Fal-Store-IO", "7")]
    public async Task A_malformed_header_is_a_400_that_names_it(string name, string value)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, (name, value));
        Assert.Equal((400, "bad_request"), (answer.Code, answer.Json["error_type"]!.GetValue<string>()));
        Assert.Equal("bad_request", answer.Header("X-Fal-Error-Type"));
        Assert.StartsWith(name, answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Theory]
    [InlineData("X-Fal-Runner-Hint", "h1")]
    [InlineData("x-app-fal-disable-fallback", "1")]
    [InlineData("X-Fal-Retry-Config", "{}")]
    [InlineData("X-Fal-Object-Lifecycle-Preference", """{"expiration_duration_seconds":60}""")]
    public async Task Headers_that_ask_for_nothing_here_are_taken(string name, string value)
    {
        await using var server = await StartAsync();
        await server.SubmitAsync(headers: (name, value));
    }

    [Fact]
    public async Task The_same_idempotency_key_replays_the_first_answer_a_hundred_times()
    {
        await using var server = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Idempotency-Key", "k"))));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers.Select(answer => answer.RequestId).Distinct());
        Assert.Equal(1, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Theory]
    [InlineData(Turbo, """{"image_url":"https://example.org/other.png"}""")]
    [InlineData(Standard, GoodInput)]
    public async Task The_same_idempotency_key_for_something_else_is_422(string endpoint, string body)
    {
        await using var server = await StartAsync();
        await server.SubmitAsync(headers: ("Idempotency-Key", "k"));
        var answer = await server.SendAsync("POST", $"/queue/{endpoint}", body, ("x-idempotency-key", "k"));
        Assert.Equal((422, "idempotency_key_reused"), (answer.Code, answer.Json["detail"]![0]!["type"]!.GetValue<string>()));
        Assert.Equal(1, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_queue_longer_than_the_caller_allows_is_429()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync();
        await server.SubmitAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}?fal_max_queue_length=1", GoodInput);
        Assert.Equal((429, "1"), (answer.Code, answer.Header("X-Fal-Needs-Retry")));
        Assert.Equal(200, (await server.SendAsync("POST", $"/queue/{Turbo}?fal_max_queue_length=2", GoodInput)).Code);
        Assert.Equal(400, (await server.SendAsync("POST", $"/queue/{Turbo}?fal_max_queue_length=many", GoodInput)).Code);
    }

    [Theory]
    [InlineData("/queue/")]
    [InlineData("/")]
    public async Task A_body_of_100_MB_is_413_whether_announced_or_not(string prefix)
    {
        await using var server = await StartAsync();
        foreach (var isAnnounced in new[] { true, false })
        {
            using var content = new EndlessContent(100_000_000, isAnnounced);
            var answer = await server.SendAsync("POST", prefix + Turbo, content);
            Assert.Equal((413, "application/json"), (answer.Code, answer.ContentType));
            Assert.Contains("67108864", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task The_limit_is_exact()
    {
        await using var server = await StartAsync(options => options.MaxBodyBytes = 2_000);
        var atLimit = GoodInput + new string(' ', 2_000 - GoodInput.Length);
        Assert.Equal(200, (await server.SendAsync("POST", $"/queue/{Turbo}", atLimit)).Code);
        Assert.Equal(413, (await server.SendAsync("POST", $"/queue/{Turbo}", atLimit + " ")).Code);
    }

    [Fact]
    public async Task Rule_20_a_body_beyond_kestrels_own_limit_is_taken()
    {
        await using var server = await StartAsync();
        var input = $$"""{"image_url":"data:image/png;base64,{{new string('A', 40_000_000)}}"}""";
        var id = await server.SubmitAsync(input);
        Assert.Equal(input.Length, (await server.Jobs.FindAsync(id, CancellationToken.None))!.Input!.Length);
    }

    public static TheoryData<byte[]> Untexts => new(new byte[] { 0xff, 0xfe, 0x00 }, Encoding.UTF8.GetBytes("{\"a\":\"\0\"}"), new byte[] { 0x22, 0xc3, 0x22 });

    [Theory]
    [MemberData(nameof(Untexts))]
    public async Task Bytes_that_are_no_text_are_refused_at_once(byte[] bytes)
    {
        await using var server = await StartAsync();
        using var content = new ByteArrayContent(bytes);
        Assert.Equal(400, (await server.SendAsync("POST", $"/queue/{Turbo}", content)).Code);
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped()
    {
        await using var server = await StartAsync();
        using var content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(GoodInput)]);
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}", content);
        var id = Guid.Parse(answer.Json["request_id"]!.GetValue<string>());
        Assert.Equal(GoodInput, (await server.Jobs.FindAsync(id, CancellationToken.None))!.Input);
    }

    [Fact]
    public async Task A_submit_whose_client_hangs_up_leaves_nothing_or_a_whole_job()
    {
        await using var server = await StartAsync();
        using var content = new StalledContent(GoodInput[..10]);
        using var impatience = new CancellationTokenSource();
        using var request = CreateRequest("POST", $"/queue/{Turbo}", content);
        var sending = server.Client.SendAsync(request, impatience.Token);
        await content.Started;
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/healthz")).StatusCode);
    }

    private sealed class EndlessContent(long length, bool isAnnounced) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[1 << 20];
            chunk.AsSpan().Fill((byte)' ');
            for (var left = length; left > 0; left -= chunk.Length) await stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return isAnnounced;
        }
    }

    private sealed class StalledContent(string beginning) : HttpContent
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(beginning), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = 1_000;
            return true;
        }
    }
}
