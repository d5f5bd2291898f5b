using System.Text.Json;
using Kinora.Client.Contracts;
using Kinora.Jobs;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>Says a job's state in the protocol's words.</summary>
internal static class StatusAnswer
{
    /// <summary>Makes the status of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="links">Its links.</param>
    /// <param name="log">The lines to show, or null when they were not asked for.</param>
    public static QueueStatus Of(JobStatus job, RequestLinks links, IReadOnlyList<JobLogLine>? log) => job.State switch
    {
        JobState.Queued => Create(QueueState.InQueue, links, log) with { QueuePosition = job.QueuePosition ?? 0 },
        JobState.Running => Create(QueueState.InProgress, links, log),
        JobState.Completed => Ended(job, links, log),
        JobState.Cancelled => Ended(job, links, log) with { Error = ErrorResponses.CancelledMessage, ErrorType = FailureShape.Cancelled.ErrorType },
        JobState.Failed => Failed(job, links, log),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.State, "A job state without a word on the wire."),
    };

    /// <summary>Makes the answer to a submit.</summary>
    public static QueueStatus Accepted(RequestLinks links, int queuePosition, bool hasWebhook) => Create(QueueState.InQueue, links, null) with
    {
        GatewayRequestId = hasWebhook ? links.Id : null,
        Metrics = new QueueMetrics(),
        QueuePosition = queuePosition,
    };

    /// <summary>Gives 200 for a request that is over and 202 for one that is not: some clients look at nothing else.</summary>
    public static int StatusCodeOf(QueueStatus status) => status.Status == QueueState.Completed ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;

    /// <summary>Writes a status as JSON.</summary>
    public static void Write(Utf8JsonWriter writer, QueueStatus status) => JsonSerializer.Serialize(writer, status, WireJson.Plain.QueueStatus);

    private static QueueStatus Ended(JobStatus job, RequestLinks links, IReadOnlyList<JobLogLine>? log) =>
        Create(QueueState.Completed, links, log) with { Metrics = new QueueMetrics { InferenceTime = job.RunTime?.TotalSeconds } };

    private static QueueStatus Failed(JobStatus job, RequestLinks links, IReadOnlyList<JobLogLine>? log)
    {
        var failure = job.Failure ?? new JobFailure(JobFailureKind.EngineFault, "The job failed without a reason.", CanRetry: false);
        var shape = FailureShape.Of(failure);
        return Ended(job, links, log) with { Error = shape.Summarise(failure.Message), ErrorType = shape.ErrorType };
    }

    private static QueueStatus Create(QueueState state, RequestLinks links, IReadOnlyList<JobLogLine>? log) => new()
    {
        Status = state,
        RequestId = links.Id,
        ResponseUrl = links.Response,
        StatusUrl = links.Status,
        CancelUrl = links.Cancel,
        Logs = log is null ? null : [.. log.Select(ToEntry)],
    };

    private static LogEntry ToEntry(JobLogLine line) => new() { Message = line.Message, Level = LevelOf(line.Level), Timestamp = line.Timestamp };

    private static string LevelOf(JobLogLevel level) => level switch
    {
        JobLogLevel.Debug => "DEBUG",
        JobLogLevel.Info => "INFO",
        JobLogLevel.Warning => "WARN",
        _ => "ERROR",
    };
}
