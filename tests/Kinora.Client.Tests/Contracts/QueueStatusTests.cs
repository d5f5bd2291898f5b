using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client.Tests.Contracts;

public sealed class QueueStatusTests
{
    private static readonly QueueStatus s_queued = new()
    {
        Status = QueueState.InQueue,
        RequestId = "764cabcf",
        ResponseUrl = "https://queue.fal.run/fal-ai/kling-video/requests/764cabcf",
        StatusUrl = "https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/status",
        CancelUrl = "https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/cancel",
        QueuePosition = 0,
    };

    [Fact]
    public void A_submit_answer_is_written_as_the_hosted_service_writes_it() => AssertJson(
        """
        {"status":"IN_QUEUE","request_id":"764cabcf",
         "response_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf",
         "status_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/status",
         "cancel_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/cancel",
         "logs":null,"metrics":{},"queue_position":0}
        """,
        s_queued with { Metrics = new QueueMetrics() });

    [Fact]
    public void A_running_request_always_has_the_key_logs_and_never_a_queue_position() => AssertJson(
        """
        {"status":"IN_PROGRESS","request_id":"764cabcf",
         "response_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf",
         "status_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/status",
         "cancel_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/cancel",
         "logs":null}
        """,
        s_queued with { Status = QueueState.InProgress, QueuePosition = null });

    [Fact]
    public void A_failed_request_is_completed_with_an_error() => AssertJson(
        """
        {"status":"COMPLETED","request_id":"764cabcf",
         "response_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf",
         "status_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/status",
         "cancel_url":"https://queue.fal.run/fal-ai/kling-video/requests/764cabcf/cancel",
         "logs":[{"message":"Reading the picture","level":"INFO","source":"USER","timestamp":"2026-01-01T00:00:00.250Z"}],
         "metrics":{"inference_time":0.4},"error":"Invalid status code: 422","error_type":"bad_request"}
        """,
        s_queued with
        {
            Status = QueueState.Completed,
            QueuePosition = null,
            Logs = [new LogEntry { Message = "Reading the picture", Timestamp = new DateTimeOffset(2026, 1, 1, 1, 0, 0, 250, TimeSpan.FromHours(1)) }],
            Metrics = new QueueMetrics { InferenceTime = 0.4 },
            Error = "Invalid status code: 422",
            ErrorType = "bad_request",
        });

    [Fact]
    public void What_the_hosted_service_adds_is_read_over()
    {
        var status = JsonSerializer.Deserialize(
            """
            {"status":"COMPLETED","request_id":"a","response_url":"r","status_url":"s","cancel_url":"c","gateway_request_id":"a",
             "logs":[{"message":"m","timestamp":"2026-01-01T00:00:00.123456Z","labels":{"level":"stdin"}}],"metrics":{"inference_time":null}}
            """,
            WireJson.Plain.QueueStatus);

        Assert.Equal(QueueState.Completed, status!.Status);
        Assert.Equal("INFO", Assert.Single(status.Logs!).Level);
        Assert.Null(status.Metrics!.InferenceTime);
    }

    [Fact]
    public void A_state_that_the_protocol_does_not_have_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"status":"FAILED","request_id":"a","response_url":"r","status_url":"s","cancel_url":"c"}""", WireJson.Plain.QueueStatus));

    private static void AssertJson(string expected, QueueStatus actual)
    {
        var written = JsonSerializer.SerializeToNode(actual, WireJson.Plain.QueueStatus);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), written), $"Expected {expected}\ngot {written}");
    }
}
