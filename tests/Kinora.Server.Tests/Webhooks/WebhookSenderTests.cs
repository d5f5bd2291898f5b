using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Tests;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Tests.Fetching;
using Kinora.Server.Webhooks;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>Deliveries over real sockets, on each database.</summary>
public abstract class WebhookSenderTests(TestStore kind)
{
    [Fact]
    public async Task A_success_is_posted_once_with_the_output_under_absolute_urls()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 204 No Content");
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        var id = await house.EndJobAsync(receiver.Url());

        var delivery = await house.WaitAsync(id, delivery => delivery.State == WebhookState.Delivered);

        var (head, body) = Assert.Single(receiver.Received);
        Assert.StartsWith("POST /hook?x=1 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal("application/json", Receiver.Header(head, "Content-Type"));
        var expected = $$$"""{"request_id":"{{{id}}}","gateway_request_id":"{{{id}}}","status":"OK","error":null,"payload":{"video":{"url":"https://kinora.example/files/files/ab/out.mp4","content_type":"video/mp4"},"seed":42}}""";
        Assert.Equal(expected, Encoding.UTF8.GetString(body));
        var entry = Assert.Single(delivery.Log);
        Assert.Equal((1, 204, null), (entry.Number, entry.StatusCode, entry.Problem));
    }

    [Fact]
    public async Task Failures_and_cancellations_are_errors_with_the_results_own_body()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        const string Detail = """[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]""";
        var invalid = await house.EndJobAsync(receiver.Url(), job => house.Jobs.FailAsync(
            job.Id, job.Attempt, new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false, Detail), CancellationToken.None));
        var late = await house.EndJobAsync(receiver.Url(), job => house.Jobs.FailAsync(
            job.Id, job.Attempt, new JobFailure(JobFailureKind.RunTimeout, "too long", CanRetry: false), CancellationToken.None));
        var cancelled = await house.EndJobAsync(receiver.Url(), job => house.Jobs.ConfirmCancelledAsync(job.Id, job.Attempt, CancellationToken.None));
        foreach (var id in new[] { invalid, late, cancelled }) await house.WaitForTryAsync(id);

        JsonNode BodyOf(Guid id) => receiver.Received.Select(request => JsonNode.Parse(request.Body)!).Single(body => body["request_id"]!.GetValue<string>() == id.ToString());
        AssertJson("""{"status":"ERROR","error":"Invalid status code: 422","payload":{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}}""", BodyOf(invalid));
        AssertJson("""{"status":"ERROR","error":"too long","payload":{"detail":"too long","error_type":"request_timeout"}}""", BodyOf(late));
        AssertJson("""{"status":"ERROR","error":"Request was cancelled","payload":{"detail":"Request was cancelled","error_type":"client_cancelled"}}""", BodyOf(cancelled));
    }

    [Fact]
    public async Task An_output_that_is_no_json_is_told_as_such()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        var id = await house.EndJobAsync(receiver.Url(), job => house.CompleteAsync(job, "NaN"));
        await house.WaitForTryAsync(id);

        var body = JsonNode.Parse(receiver.Received[0].Body)!.AsObject();
        Assert.Equal(("OK", true), (body["status"]!.GetValue<string>(), body.ContainsKey("payload") && body["payload"] is null));
        Assert.StartsWith("Response payload is not JSON serializable.", body["payload_error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops", 500, 5)]
    [InlineData("HTTP/1.1 404 Not Found", 404, 5)]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/", 301, 5)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 600", 503, 600)]
    [InlineData("HTTP/1.1 429 Slow Down\r\nRetry-After: 1", 429, 5)]
    public async Task A_bad_answer_is_tried_again_later(string answer, int status, int seconds)
    {
        await using var receiver = Receiver.Answering(answer);
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        var id = await house.EndJobAsync(receiver.Url());

        var delivery = await house.WaitForTryAsync(id);

        Assert.Equal((WebhookState.Due, status), (delivery.State, delivery.Log[0].StatusCode));
        Assert.Contains($"{status}", delivery.Log[0].Problem, StringComparison.Ordinal);
        var wait = delivery.NextTryAt!.Value - delivery.Log[0].At;
        Assert.InRange(wait.TotalSeconds, seconds - 0.01, seconds + 10);
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task A_retry_comes_in_its_time_with_the_same_body_and_a_fresh_signature()
    {
        await using var receiver = new Receiver(before => before == 0 ? "HTTP/1.1 500 Oops" : "HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        var id = await house.EndJobAsync(receiver.Url());
        await house.WaitForTryAsync(id);

        house.Clock.Advance(TimeSpan.FromSeconds(6));
        await house.WaitAsync(id, delivery => delivery.State == WebhookState.Delivered);

        var (first, second) = (receiver.Received[0], receiver.Received[1]);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(Receiver.Header(first.Head, "X-Fal-Webhook-Request-Id"), Receiver.Header(second.Head, "X-Fal-Webhook-Request-Id"));
        Assert.NotEqual(Receiver.Header(first.Head, "X-Fal-Webhook-Timestamp"), Receiver.Header(second.Head, "X-Fal-Webhook-Timestamp"));
    }

    [Fact]
    public async Task Gone_ends_it_and_a_request_begins_it_again()
    {
        await using var receiver = new Receiver(before => before == 0 ? "HTTP/1.1 410 Gone" : "HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind);
        await house.StartAsync();
        var id = await house.EndJobAsync(receiver.Url());
        Assert.Equal((WebhookState.GivenUp, 410), ((await house.WaitForTryAsync(id)).State, (await house.WaitForTryAsync(id)).Log[0].StatusCode));

        await house.Store.RedeliverAsync(id, owner: null, CancellationToken.None);

        Assert.Equal(2, (await house.WaitAsync(id, delivery => delivery.State == WebhookState.Delivered)).Tries);
    }

    [Fact]
    public async Task A_receiver_that_hangs_costs_its_timeout_and_is_tried_again()
    {
        await using var receiver = new Receiver(_ => null);
        await using var house = await WebhookHouse.CreateAsync(kind, new WebhookOptions { FirstTimeout = TimeSpan.FromMilliseconds(200) });
        await house.StartAsync();
        var delivery = await house.WaitForTryAsync(await house.EndJobAsync(receiver.Url()));

        Assert.Equal((WebhookState.Due, null, "no answer within 0.2 s"), (delivery.State, delivery.Log[0].StatusCode, delivery.Log[0].Problem));
    }

    [Fact]
    public async Task Dead_receivers_hold_up_nobody_else()
    {
        await using var dead = new Receiver(_ => null);
        await using var alive = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind, new WebhookOptions { MaxInFlightPerHost = 3 });
        for (var i = 0; i < 20; i++) await house.EndJobAsync(dead.Url());
        await house.StartAsync();
        var id = await house.EndJobAsync(alive.Url());

        await house.WaitAsync(id, delivery => delivery.State == WebhookState.Delivered);

        Assert.InRange(dead.Received.Count, 0, 3);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_failure_and_a_trusted_one_is_not()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var receiver = new Receiver(_ => "HTTP/1.1 200 OK", certificate);

        await using var wary = await WebhookHouse.CreateAsync(kind);
        await wary.StartAsync();
        var refused = await wary.WaitForTryAsync(await wary.EndJobAsync(receiver.Url()));
        Assert.Equal((WebhookState.Due, "its certificate is not trusted, or it speaks no TLS"), (refused.State, refused.Log[0].Problem));
        Assert.Empty(receiver.Received);

        await using var trusting = await WebhookHouse.CreateAsync(kind, trusted: certificate);
        await trusting.StartAsync();
        var id = await trusting.EndJobAsync(receiver.Url());
        await trusting.WaitAsync(id, delivery => delivery.State == WebhookState.Delivered);
    }

    [Fact]
    public async Task A_name_that_is_unknown_today_is_looked_up_again_later()
    {
        await using var house = await WebhookHouse.CreateAsync(kind, resolver: new ScriptedResolver(""));
        await house.StartAsync();
        var delivery = await house.WaitForTryAsync(await house.EndJobAsync("http://receiver.example/"));

        Assert.Equal((WebhookState.Due, 0), (delivery.State, house.Dialled));
        Assert.StartsWith("receiver.example has no public address", delivery.Log[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    public async Task A_private_address_is_given_up_without_a_connection(string url)
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(kind, opened: []);
        await house.StartAsync();
        var port = new Uri(receiver.Url()).Port;
        var delivery = await house.WaitForTryAsync(await house.EndJobAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, port)));

        Assert.Equal((WebhookState.GivenUp, 0, 0), (delivery.State, house.Dialled, receiver.Received.Count));
        Assert.Contains("not a public address", delivery.Log[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_into_a_private_network_is_never_contacted()
    {
        await using var house = await WebhookHouse.CreateAsync(kind, resolver: new ScriptedResolver("93.184.216.34,10.0.0.1"), opened: []);
        await house.StartAsync();
        await house.WaitForTryAsync(await house.EndJobAsync("http://rebinding.example/"));
        Assert.Equal(0, house.Dialled);
    }

    private static void AssertJson(string expected, JsonNode actual)
    {
        var body = actual.AsObject();
        Assert.True(body.Remove("request_id") && body.Remove("gateway_request_id"));
        Assert.Equal(expected, body.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
