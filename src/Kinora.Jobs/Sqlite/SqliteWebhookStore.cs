using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Webhooks;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Webhooks in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of leases and schedules.</param>
public sealed class SqliteWebhookStore(SqliteDatabase database, TimeProvider time) : IWebhookStore
{
    /// <summary>How long a change of another process can go unseen.</summary>
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    private const string Select = $"SELECT id, {WebhookRow.Columns} FROM webhook_deliveries w JOIN jobs ON seq = job";

    private const string Due = "state = 1 AND next_try_at <= @now AND lease_until <= @now AND host NOT IN @hosts";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookClaim>> ClaimDueAsync(
        int atMost, int atMostPerHost, IReadOnlyDictionary<string, int> inFlight, TimeSpan lease, CancellationToken cancellationToken)
    {
        var full = inFlight.Where(host => host.Value >= atMostPerHost).Select(host => host.Key).ToList();

        // Whoever finds nothing only reads: no write lock is taken for it.
        if (atMost < 1 || !AnyDue(full))
            return [];
        return await database.WriteAsync(
            connection => FindDue(connection, full, atMost, atMostPerHost, inFlight).ConvertAll(job => Claim(connection, job, lease)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordAsync(Guid jobId, WebhookTry outcome, WebhookState next, DateTimeOffset? nextTryAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var parameters = new
                {
                    id = jobId.ToString(),
                    outcome.Number,
                    at = outcome.At.ToUnixTimeMilliseconds(),
                    outcome.StatusCode,
                    latency = outcome.Latency.ToMilliseconds(),
                    outcome.Problem,
                    state = (int)next,
                    nextTryAt = nextTryAt?.ToUnixTimeMilliseconds(),
                };
                connection.Execute(
                    """
                    INSERT OR IGNORE INTO webhook_tries (job, number, at, status_code, latency_ms, problem)
                    SELECT seq, @Number, @at, @StatusCode, @latency, @Problem FROM jobs WHERE id = @id
                    """,
                    parameters);
                return connection.Execute(
                    """
                    UPDATE webhook_deliveries SET state = @state, next_try_at = @nextTryAt, lease_until = 0
                    WHERE job = (SELECT seq FROM jobs WHERE id = @id) AND tries = @Number AND lease_until > 0
                    """,
                    parameters) > 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForDueAsync(IReadOnlyCollection<string> exceptHosts, CancellationToken cancellationToken)
    {
        using var subscription = database.WebhooksDue.Subscribe(0);
        if (!AnyDue(exceptHosts))
            await subscription.Pulsed.WaitAsync(s_lookAgain, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async Task<RedeliverOutcome> RedeliverAsync(Guid jobId, string? owner, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(connection => Redeliver(connection, jobId, owner), cancellationToken);
        if (outcome == RedeliverOutcome.Requested)
            database.WebhooksDue.Pulse(0);
        return outcome;
    }

    /// <inheritdoc/>
    public Task<WebhookDelivery?> FindAsync(Guid jobId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            var row = connection.QuerySingleOrDefault<WebhookRow>(Select + " WHERE id = @id", new { id = jobId.ToString() });
            return row is null ? null : row.ToDelivery() with { Log = ReadLog(connection, row.Seq) };
        }));

    /// <inheritdoc/>
    public Task<IReadOnlyList<WebhookDelivery>> ListAsync(string? owner, WebhookState? state, int atMost, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WebhookDelivery>>(database.Read(connection => connection.Query<WebhookRow>(
            Select + """
             WHERE (@owner IS NULL OR owner = @owner) AND (@state IS NULL OR w.state = @state) ORDER BY job DESC LIMIT @atMost
            """,
            new { owner, state = (int?)state, atMost }).Select(row => row.ToDelivery()).ToList()));

    private bool AnyDue(IReadOnlyCollection<string> exceptHosts) => database.Read(connection =>
        connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE {Due})", new { now = time.Now(), hosts = exceptHosts }));

    // Looks at more than it may take, so that many deliveries to one host do not hide those to others.
    private List<long> FindDue(
        SqliteConnection connection, List<string> full, int atMost, int atMostPerHost, IReadOnlyDictionary<string, int> inFlight)
    {
        var perHost = new Dictionary<string, int>(inFlight);
        var due = connection.Query<(long Job, string Host)>(
            $"SELECT job, host FROM webhook_deliveries WHERE {Due} ORDER BY next_try_at LIMIT @most",
            new { now = time.Now(), hosts = full, most = 8 * atMost });
        return due.Where(row => (perHost[row.Host] = perHost.GetValueOrDefault(row.Host) + 1) <= atMostPerHost).Take(atMost).Select(row => row.Job).ToList();
    }

    private WebhookClaim Claim(SqliteConnection connection, long job, TimeSpan lease)
    {
        long now = time.Now();
        var row = connection.QuerySingle<WebhookRow>(
            """
            UPDATE webhook_deliveries SET tries = tries + 1, round_tries = round_tries + 1, lease_until = @leaseUntil WHERE job = @job
            RETURNING (SELECT id FROM jobs WHERE seq = job) AS Id, url, origin, tries, round_tries AS RoundTries, due_since AS DueSince
            """,
            new { job, leaseUntil = now + lease.ToMilliseconds() });
        return row.ToClaim(SqliteQueries.FindJob(connection, Guid.Parse(row.Id))!);
    }

    private RedeliverOutcome Redeliver(SqliteConnection connection, Guid jobId, string? owner)
    {
        var parameters = new { id = jobId.ToString(), owner, now = time.Now() };
        const string Asked = "job = (SELECT seq FROM jobs WHERE id = @id AND (@owner IS NULL OR owner = @owner))";
        bool due = connection.Execute(
            $"UPDATE webhook_deliveries SET state = 1, round_tries = 0, due_since = @now, next_try_at = @now, lease_until = 0 WHERE {Asked} AND state <> 0",
            parameters) > 0;
        if (due)
            return RedeliverOutcome.Requested;
        bool exists = connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE {Asked})", parameters);
        return exists ? RedeliverOutcome.JobNotEnded : RedeliverOutcome.NotFound;
    }

    private static List<WebhookTry> ReadLog(SqliteConnection connection, long job) =>
        connection.Query<(long Number, long At, long? StatusCode, long Latency, string? Problem)>(
            "SELECT number, at, status_code, latency_ms, problem FROM webhook_tries WHERE job = @job ORDER BY number", new { job })
            .Select(row => new WebhookTry((int)row.Number, row.At.ToTime(), (int?)row.StatusCode, TimeSpan.FromMilliseconds(row.Latency), row.Problem)).ToList();
}
