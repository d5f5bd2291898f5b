namespace Kinora.Jobs.Upkeep;

/// <summary>The reads that both databases understand. <c>@now</c> is in milliseconds.</summary>
internal static class UpkeepSql
{
    /// <summary>How many offenders a finding names.</summary>
    internal const int MostNamed = 100;

    internal const string Summary = """
        SELECT (SELECT count(*) FROM jobs WHERE state = 0 AND ended_at IS NULL) AS Queued,
               (SELECT count(*) FROM jobs WHERE state = 1 AND ended_at IS NULL) AS Running,
               (SELECT min(created_at) FROM jobs WHERE state = 0 AND ended_at IS NULL) AS OldestQueuedAt,
               (SELECT count(*) FROM queue_limits WHERE kind = 0 AND most_running = 0) AS Pauses,
               (SELECT count(*) FROM webhook_deliveries WHERE state = 1) AS WebhooksDue
        """;

    internal const string NeededBlobs = """
        SELECT name FROM (
          SELECT name FROM job_blobs WHERE job IS NOT NULL
          UNION SELECT blob FROM files WHERE NOT is_output AND (expires_at IS NULL OR expires_at > @now)
          UNION SELECT blob FROM upload_parts WHERE blob <> '') AS needed
        WHERE name > @afterName ORDER BY name LIMIT @limit
        """;

    internal static QueueSummary ToSummary((long Queued, long Running, long? OldestQueuedAt, long Pauses, long WebhooksDue) row, long now) => new(
        row.Queued, row.Running, row.OldestQueuedAt is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, now - at)) : TimeSpan.Zero, row.Pauses > 0, row.WebhooksDue);
}
