namespace Kinora.Jobs.Upkeep;

/// <summary>A rule that all rows should keep, in SQL that both databases understand.</summary>
/// <param name="Rule">The rule, as a sentence.</param>
/// <param name="Broken">Selects one text column: the ids or names of what breaks it.</param>
/// <param name="Repair">Statements that mend it without guessing; null: only a person can.</param>
internal sealed record StoreRule(string Rule, string Broken, string? Repair = null)
{
    /// <summary>The rules of both databases.</summary>
    internal static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A running job has a lease.",
            "SELECT CAST(id AS text) FROM jobs WHERE state = 1 AND lease_until IS NULL",
            "UPDATE jobs SET lease_until = 0 WHERE state = 1 AND lease_until IS NULL"),
        new("A job that is not running has no lease.",
            "SELECT CAST(id AS text) FROM jobs WHERE state <> 1 AND lease_until IS NOT NULL",
            "UPDATE jobs SET lease_until = NULL WHERE state <> 1 AND lease_until IS NOT NULL"),
        new("An ended job has an end.",
            "SELECT CAST(id AS text) FROM jobs WHERE state >= 2 AND ended_at IS NULL",
            "UPDATE jobs SET ended_at = coalesce(started_at, created_at) WHERE state >= 2 AND ended_at IS NULL"),
        new("A job that has not ended has no end.",
            "SELECT CAST(id AS text) FROM jobs WHERE state < 2 AND ended_at IS NOT NULL",
            "UPDATE jobs SET ended_at = NULL WHERE state < 2 AND ended_at IS NOT NULL"),
        new("A job that has not ended has its input.",
            "SELECT CAST(id AS text) FROM jobs WHERE state < 2 AND NOT EXISTS (SELECT 1 FROM job_inputs WHERE job = seq)"),
        new("A completed job has its output until it is erased.",
            "SELECT CAST(id AS text) FROM jobs WHERE state = 2 AND NOT erased AND NOT EXISTS (SELECT 1 FROM job_outputs WHERE job = seq)"),
        new("Only a completed job has an output.",
            "SELECT CAST(id AS text) FROM jobs WHERE state <> 2 AND EXISTS (SELECT 1 FROM job_outputs WHERE job = seq)"),
        new("A completed job is billed.",
            "SELECT CAST(id AS text) FROM jobs WHERE state = 2 AND NOT EXISTS (SELECT 1 FROM usage WHERE usage.job = jobs.id)"),
        new("Only a completed job is billed.",
            "SELECT CAST(id AS text) FROM jobs WHERE state <> 2 AND EXISTS (SELECT 1 FROM usage WHERE usage.job = jobs.id)"),
        new("No job was started more often than it may be.",
            "SELECT CAST(id AS text) FROM jobs WHERE attempt - refunded > max_attempts"),
        new("A failed job says why.",
            "SELECT CAST(id AS text) FROM jobs WHERE state = 3 AND failure_kind IS NULL"),
        new("The end of a job makes its webhook due.",
            "SELECT CAST(id AS text) FROM jobs JOIN webhook_deliveries w ON w.job = seq WHERE jobs.state >= 2 AND w.state = 0",
            """
            UPDATE webhook_deliveries SET state = 1, due_since = (SELECT ended_at FROM jobs WHERE seq = job), next_try_at = (SELECT ended_at FROM jobs WHERE seq = job)
            WHERE state = 0 AND job IN (SELECT seq FROM jobs WHERE state >= 2)
            """),
        new("A webhook is due only after the end of its job.",
            "SELECT CAST(id AS text) FROM jobs JOIN webhook_deliveries w ON w.job = seq WHERE jobs.state < 2 AND w.state <> 0"),
        new("An upload is finished with the content that it was pinned to.",
            "SELECT blob FROM uploads WHERE content_hash IS NOT NULL AND pinned_hash IS NOT NULL AND content_hash <> pinned_hash"),
    ];
}
