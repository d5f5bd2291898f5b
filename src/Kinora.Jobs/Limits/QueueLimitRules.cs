namespace Kinora.Jobs.Limits;

/// <summary>What all stores say of limits in the same way: their checks, and the SQL that both databases understand.</summary>
internal static class QueueLimitRules
{
    /// <summary>
    /// Holds for a queued job (a row of <c>jobs</c>) while no limit stands in its way. The names that are full are found once for the whole search, not for each
    /// job, and not at all while there are no limits.
    /// </summary>
    internal const string Allow = $"""
        (NOT EXISTS (SELECT 1 FROM queue_limits) OR (
          NOT EXISTS (SELECT 1 FROM queue_limits WHERE kind = 0 AND most_running <= (SELECT count(*) FROM jobs r WHERE r.state = 1 AND r.ended_at IS NULL))
          AND endpoint NOT IN (
            SELECT r.endpoint FROM jobs r WHERE r.state = 1 AND r.ended_at IS NULL GROUP BY r.endpoint HAVING count(*) >= coalesce(
              (SELECT most_running FROM queue_limits WHERE kind = 1 AND name = r.endpoint), (SELECT most_running FROM queue_limits WHERE kind = 1 AND name = '*'))
            UNION ALL SELECT name FROM queue_limits WHERE kind = 1 AND most_running = 0)
          AND owner NOT IN (
            SELECT r.owner FROM jobs r WHERE r.state = 1 AND r.ended_at IS NULL GROUP BY r.owner HAVING count(*) >= coalesce(
              (SELECT most_running FROM queue_limits WHERE kind = 2 AND name = r.owner), (SELECT most_running FROM queue_limits WHERE kind = 2 AND name = '*'))
            UNION ALL SELECT name FROM queue_limits WHERE kind = 2 AND most_running = 0)))
        """;

    internal const string Select = "SELECT kind, name, most_running FROM queue_limits ORDER BY kind, name";

    internal const string Upsert = """
        INSERT INTO queue_limits (kind, name, most_running) VALUES (@kind, @Name, @MostRunning)
        ON CONFLICT (kind, name) DO UPDATE SET most_running = excluded.most_running
        """;

    internal const string Delete = "DELETE FROM queue_limits WHERE kind = @kind AND name = @name";

    internal static QueueLimit ToLimit((long Kind, string Name, long MostRunning) row) => new((QueueLimitKind)row.Kind, row.Name, (int)row.MostRunning);

    internal static object ToParameters(QueueLimit limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit.MostRunning, limit.Name == QueueLimit.Each ? 1 : 0, nameof(limit));
        if (limit.Kind == QueueLimitKind.Queue != (limit.Name.Length == 0))
            throw new ArgumentException("A limit on the queue has no name, and every other one has.", nameof(limit));
        return new { kind = (int)limit.Kind, limit.Name, limit.MostRunning };
    }
}
