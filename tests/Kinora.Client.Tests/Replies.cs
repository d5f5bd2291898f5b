using static Kinora.Client.Tests.Loopback;

namespace Kinora.Client.Tests;

/// <summary>The answers of a server to the life of one request, <c>r1</c>.</summary>
internal static class Replies
{
    public const string Endpoint = "fal-ai/kling-video/v3/standard/image-to-video";

    public static Answer Queued { get; } = new(200, Status("IN_QUEUE", "null", ",\"metrics\":{},\"queue_position\":0"));

    public static Answer Result { get; } = new(200, """{"video":{"url":"https://example.org/out.mp4","content_type":"video/mp4","file_name":"out.mp4","file_size":7},"seed":42}""");

    public static Answer CancelRequested { get; } = new(202, """{"status":"CANCELLATION_REQUESTED"}""");

    public static Answer Running(params string[] lines) => new(202, Status("IN_PROGRESS", Lines(lines)));

    public static Answer Completed(params string[] lines) => new(200, Status("COMPLETED", Lines(lines), ",\"metrics\":{\"inference_time\":1.5}"));

    public static Answer Stream(params Answer[] statuses) =>
        new(200, string.Concat(statuses.Select(status => $"data: {status.Body}\n\n: ping\n\n")), "text/event-stream; charset=utf-8");

    /// <summary>Answers each kind of call in turn; the last status is repeated.</summary>
    public static Func<Asked, Answer> Life(params Answer[] statuses)
    {
        var next = 0;
        return request => request.ToString() switch
        {
            $"POST /queue/{Endpoint}" => Queued,
            "PUT /queue/fal-ai/kling-video/requests/r1/cancel" => CancelRequested,
            "GET /queue/fal-ai/kling-video/requests/r1" => Result,
            var status when status.StartsWith("GET /queue/fal-ai/kling-video/requests/r1/status?") => statuses[Math.Min(next++, statuses.Length - 1)],
            var other => new Answer(404, $$"""{"detail":"Path {{other}} not found"}"""),
        };
    }

    private static string Status(string status, string logs, string more = "") =>
        $$"""{"status":"{{status}}","request_id":"r1","response_url":"r","status_url":"s","cancel_url":"c","logs":{{logs}}{{more}}}""";

    private static string Lines(string[] lines) => lines.Length == 0
        ? "null"
        : $"[{string.Join(',', lines.Select(line => $$"""{"message":"{{line}}","level":"INFO","source":"USER","timestamp":"2026-01-01T00:00:00.000Z"}"""))}]";
}
