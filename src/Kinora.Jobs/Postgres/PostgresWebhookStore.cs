using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Webhooks;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Webhooks in PostgreSQL. Senders of several processes pass over each other's rows.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresWebhookStore(PostgresDatabase database) : IWebhookStore
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_lookAgainDeaf = TimeSpan.FromMilliseconds(500);

    private const string Due = $"state = 1 AND next_try_at <= {PostgresDatabase.Now} AND lease_until <= {PostgresDatabase.Now} AND host <> ALL (@hosts)";

    private const string AnyDue = $"SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE {Due})";

    private const string Claim = $"""
        UPDATE webhook_deliveries w SET tries = tries + 1, round_tries = round_tries + 1, lease_until = {PostgresDatabase.Now} + @lease
        FROM jobs WHERE job = ANY (@jobs) AND seq = job
        RETURNING id::text AS Id, {WebhookRow.Columns}
        """;

    private const string Log = """
        INSERT INTO webhook_tries (job, number, at, status_code, latency_ms, problem)
        SELECT seq, @Number, @at, @StatusCode, @latency, @problem FROM jobs WHERE id = @id ON CONFLICT DO NOTHING
        """;

    private const string Record = """
        UPDATE webhook_deliveries SET state = @state, next_try_at = @nextTryAt, lease_until = 0
        WHERE job = (SELECT seq FROM jobs WHERE id = @id) AND tries = @Number AND lease_until > 0
        """;

    private const string Select = $"SELECT id::text AS Id, {WebhookRow.Columns} FROM webhook_deliveries w JOIN jobs ON seq = job";

    private const string Asked = "job = (SELECT seq FROM jobs WHERE id = @id AND (@owner::text IS NULL OR owner = @owner))";

    private const string MakeDue = $"""
        UPDATE webhook_deliveries SET state = 1, round_tries = 0, due_since = {PostgresDatabase.Now}, next_try_at = {PostgresDatabase.Now}, lease_until = 0
        WHERE {Asked} AND state <> 0
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookClaim>> ClaimDueAsync(
        int atMost, int atMostPerHost, IReadOnlyDictionary<string, int> inFlight, TimeSpan lease, CancellationToken cancellationToken)
    {
        string[] full = [.. inFlight.Where(host => host.Value >= atMostPerHost).Select(host => host.Key)];
        if (atMost < 1 || !await database.FindAsync<bool>(AnyDue, new { now = database.Time, hosts = full }, cancellationToken))
            return [];
        return await database.WriteAsync(
            async (connection, _) =>
            {
                long[] jobs = await FindDueAsync(connection, full, atMost, atMostPerHost, inFlight);
                var rows = await connection.QueryAsync<WebhookRow>(Claim, new { now = database.Time, jobs, lease = lease.ToMilliseconds() });
                var claims = new List<WebhookClaim>();
                foreach (var row in rows.OrderBy(row => Array.IndexOf(jobs, row.Seq)))
                    claims.Add(row.ToClaim((await connection.QuerySingleAsync<JobRow>(PostgresQueries.Job, new { id = Guid.Parse(row.Id) })).ToJob()));
                return (IReadOnlyList<WebhookClaim>)claims;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RecordAsync(Guid jobId, WebhookTry outcome, WebhookState next, DateTimeOffset? nextTryAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var parameters = new
                {
                    id = jobId,
                    outcome.Number,
                    at = outcome.At.ToUnixTimeMilliseconds(),
                    outcome.StatusCode,
                    latency = outcome.Latency.ToMilliseconds(),
                    problem = outcome.Problem?.Replace('\0', ' '),
                    state = (int)next,
                    nextTryAt = nextTryAt?.ToUnixTimeMilliseconds(),
                };
                await connection.ExecuteAsync(Log, parameters, transaction);
                return await connection.ExecuteAsync(Record, parameters, transaction) > 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForDueAsync(IReadOnlyCollection<string> exceptHosts, CancellationToken cancellationToken)
    {
        database.Signals.Listen();
        using var subscription = database.Signals.WebhooksDue.Subscribe(0);
        if (await database.FindAsync<bool>(AnyDue, new { now = database.Time, hosts = exceptHosts.ToArray() }, cancellationToken))
            return;
        await subscription.Pulsed.WaitAsync(database.Signals.IsListening ? s_lookAgain : s_lookAgainDeaf, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async Task<RedeliverOutcome> RedeliverAsync(Guid jobId, string? owner, CancellationToken cancellationToken)
    {
        var parameters = new { now = database.Time, id = jobId, owner };
        if (await database.ExecuteAsync(MakeDue, parameters, cancellationToken) > 0)
        {
            database.Signals.WebhookDue();
            return RedeliverOutcome.Requested;
        }

        bool exists = await database.FindAsync<bool>($"SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE {Asked})", parameters, cancellationToken);
        return exists ? RedeliverOutcome.JobNotEnded : RedeliverOutcome.NotFound;
    }

    /// <inheritdoc/>
    public Task<WebhookDelivery?> FindAsync(Guid jobId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<WebhookRow>(Select + " WHERE id = @jobId", new { jobId });
                return row is null ? null : row.ToDelivery() with { Log = await ReadLogAsync(connection, row.Seq) };
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookDelivery>> ListAsync(string? owner, WebhookState? state, int atMost, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<WebhookRow>(
            Select + " WHERE (@owner::text IS NULL OR owner = @owner) AND (@state::integer IS NULL OR w.state = @state) ORDER BY job DESC LIMIT @atMost",
            new { owner, state = (int?)state, atMost }, cancellationToken);
        return rows.ConvertAll(row => row.ToDelivery());
    }

    // Looks at more than it may take, so that many deliveries to one host do not hide those to others.
    private async Task<long[]> FindDueAsync(
        NpgsqlConnection connection, string[] full, int atMost, int atMostPerHost, IReadOnlyDictionary<string, int> inFlight)
    {
        var perHost = new Dictionary<string, int>(inFlight);
        var due = await connection.QueryAsync<(long Job, string Host)>(
            $"SELECT job, host FROM webhook_deliveries WHERE {Due} ORDER BY next_try_at LIMIT @most FOR UPDATE SKIP LOCKED",
            new { now = database.Time, hosts = full, most = 8 * atMost });
        return [.. due.Where(row => (perHost[row.Host] = perHost.GetValueOrDefault(row.Host) + 1) <= atMostPerHost).Take(atMost).Select(row => row.Job)];
    }

    private static async Task<List<WebhookTry>> ReadLogAsync(NpgsqlConnection connection, long job)
    {
        var rows = await connection.QueryAsync<(int Number, long At, int? StatusCode, long Latency, string? Problem)>(
            "SELECT number, at, status_code, latency_ms, problem FROM webhook_tries WHERE job = @job ORDER BY number", new { job });
        return [.. rows.Select(row => new WebhookTry(row.Number, row.At.ToTime(), row.StatusCode, TimeSpan.FromMilliseconds(row.Latency), row.Problem))];
    }
}
