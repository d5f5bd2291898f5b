namespace Kinora.Jobs.Workers;

/// <summary>What both databases understand. <c>@now</c> is in milliseconds.</summary>
internal static class WorkerSql
{
    /// <summary>How often a worker tells that it is alive.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Who has been silent for longer is not listed, unless it runs jobs.</summary>
    internal static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(2);

    /// <summary>Who has been silent for longer is forgotten.</summary>
    internal static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    private const string Insert = """
        INSERT INTO workers (id, host, version, engines, slots, seen_at, draining) VALUES (@Id, @Host, @Version, @engines, @Slots, @now, @no)
        ON CONFLICT (id) DO UPDATE SET host = excluded.host, version = excluded.version, engines = excluded.engines, slots = excluded.slots, seen_at = excluded.seen_at
        """;

    internal const string Forget = "DELETE FROM workers WHERE seen_at < @now - @forgottenAfter";

    internal const string Register = $"{Insert}, draining = excluded.draining";

    internal const string Beat = $"{Insert} RETURNING draining";

    internal const string Remove = "DELETE FROM workers WHERE id = @workerId";

    internal const string SetDraining = "UPDATE workers SET draining = @isDraining WHERE id = @workerId";

    internal const string IsDraining = "SELECT draining FROM workers WHERE id = @workerId";

    internal const string List = """
        WITH busy AS (SELECT worker_id, count(*) AS running, min(started_at) AS oldest_at, min(lease_until) AS lease_until FROM jobs WHERE state = 1 AND ended_at IS NULL GROUP BY worker_id),
             known AS (SELECT * FROM workers WHERE seen_at >= @now - @goneAfter)
        SELECT known.id AS Id, host AS Host, version AS Version, engines AS Engines, slots AS Slots, seen_at AS SeenAt, draining AS IsDraining,
               coalesce(running, 0) AS Running, oldest_at AS OldestAt, lease_until AS LeaseUntil
        FROM known LEFT JOIN busy ON worker_id = known.id
        UNION ALL
        SELECT coalesce(worker_id, 'unknown'), NULL, NULL, NULL, NULL, NULL, @no, running, oldest_at, lease_until
        FROM busy WHERE NOT EXISTS (SELECT 1 FROM known WHERE known.id = worker_id)
        ORDER BY 1
        """;

    internal static object ToParameters(WorkerDescription worker, long now) => new
    {
        worker.Id,
        worker.Host,
        worker.Version,
        engines = worker.Engines is { } engines ? string.Join(',', engines) : null,
        worker.Slots,
        now,
        no = false,
        forgottenAfter = (long)ForgottenAfter.TotalMilliseconds,
    };

    internal static object ToListParameters(long now) => new { now, no = false, goneAfter = (long)GoneAfter.TotalMilliseconds };
}
