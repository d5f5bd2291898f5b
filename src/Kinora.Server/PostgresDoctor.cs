using System.Globalization;
using Kinora.Jobs;
using Kinora.Jobs.Postgres;

namespace Kinora.Server;

/// <summary>Says of a PostgreSQL database what fits and what does not.</summary>
internal static class PostgresDoctor
{
    /// <summary>Log lines of machines whose clocks differ by more cannot be put in order. Leases are the database's time alone.</summary>
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(string url, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(await PostgresFacts.ReadAsync(url, time, cancellationToken));
        }
        catch (Exception problem) when (problem is JobStoreException or FormatException)
        {
            return [new DoctorFinding("database", false, problem.Message)];
        }
    }

    internal static IReadOnlyList<DoctorFinding> Judge(PostgresFacts facts) =>
        [JudgeVersion(facts), JudgeMigrations(facts), JudgeClock(facts), JudgeConnections(facts), JudgePooler(facts), JudgeNotifications(facts)];

    private static DoctorFinding JudgeVersion(PostgresFacts facts) => facts.MajorVersion >= PostgresFacts.OldestMajorVersion
        ? new("database", true, $"PostgreSQL {facts.Version} answers")
        : new("database", false, $"PostgreSQL {facts.Version} answers; it must be {PostgresFacts.OldestMajorVersion} or newer");

    private static DoctorFinding JudgeMigrations(PostgresFacts facts) => facts switch
    {
        { UnknownMigrations: > 0 } => new("tables", true, "those of a newer version, on which this one works too"),
        { MissingMigrations: > 0 } => new("tables", true, $"{facts.MissingMigrations} migrations are missing; the next server or worker that starts applies them"),
        _ => new("tables", true, "up to date"),
    };

    private static DoctorFinding JudgeClock(PostgresFacts facts)
    {
        var seconds = facts.ClockAhead.TotalSeconds.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
        return facts.ClockAhead.Duration() <= s_clockTolerance
            ? new("clocks", true, $"the database's differs from this machine's by {seconds} s")
            : new("clocks", false, $"the database's differs from this machine's by {seconds} s. Leases do not mind; signatures of webhooks and the order of log lines do. Set both by NTP", IsOptional: true);
    }

    private static DoctorFinding JudgeConnections(PostgresFacts facts)
    {
        var detail = $"{facts.Connections} of {facts.MostConnections} are in use; each server or worker takes up to {facts.PoolSize}, so there is room for {facts.MostConnections / facts.PoolSize}";
        return facts.MostConnections >= facts.PoolSize
            ? new("connections", true, detail)
            : new("connections", false, $"{detail}. Lower pool_size in the URL, or raise the server's max_connections");
    }

    private static DoctorFinding JudgePooler(PostgresFacts facts) => (facts.IsPoolerFound, facts.IsPoolerDeclared) switch
    {
        (true, false) => new("pooler", false, "there is one in transaction mode in between, and the URL does not say so. Add pooler=transaction to it"),
        (true, true) => new("pooler", true, "one in transaction mode, as the URL says"),
        (false, true) => new("pooler", false, "the URL says pooler=transaction and none was found. Without it waiting requests are told at once instead of looking again", IsOptional: true),
        _ => new("pooler", true, "none in between"),
    };

    private static DoctorFinding JudgeNotifications(PostgresFacts facts) => facts switch
    {
        { AreNotificationsHeard: true, IsPoolerDeclared: false } => new("notifications", true, "they arrive"),
        _ => new("notifications", false, "they do not arrive, so waiting is polling: twice a second for a watched request, every 1.5 s for an idle worker", IsOptional: true),
    };
}
