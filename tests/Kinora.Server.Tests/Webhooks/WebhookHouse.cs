using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kinora.Jobs;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests;
using Kinora.Jobs.Tests.Postgres;
using Kinora.Jobs.Webhooks;
using Kinora.Media;
using Kinora.Server.Faults;
using Kinora.Server.Fetching;
using Kinora.Server.Telemetry;
using Kinora.Server.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>A real sender on a real database. 127.0.0.1 is opened unless a test says otherwise; the clock can be moved on.</summary>
internal sealed class WebhookHouse : IAsyncDisposable
{
    public const string Origin = "https://kinora.example";

    private readonly IAsyncDisposable _database;
    private readonly WebhookTransport _transport;
    private readonly ServerMetrics _metrics = new();
    private readonly WebhookSender _sender;

    private WebhookHouse(
        Stores stores, AheadClock clock, WebhookOptions? options, IHostResolver? resolver, IReadOnlyList<string>? opened, X509Certificate2? trusted)
    {
        (_database, Jobs, Store, Clock) = (stores.Database, stores.Jobs, stores.Webhooks, clock);
        Keys = new WebhookKeyRing(stores.Keys, Clock);
        var policy = new AddressPolicy(new OpenedHosts(opened ?? ["127.0.0.1"]));
        var connector = new PinnedConnector(policy, resolver ?? new SystemHostResolver(), Dial, TimeSpan.FromSeconds(5), TimeProvider.System);
        _transport = new WebhookTransport(connector, policy, Clock, trusted is null ? null : [trusted]);
        _sender = new WebhookSender(Store, Keys, _transport, options ?? new WebhookOptions(), new FaultOptions(true, false), _metrics, Clock, NullLogger<WebhookSender>.Instance);

        ValueTask<Stream> Dial(IPEndPoint endpoint, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _dialled);
            return PinnedConnector.DialTcpAsync(endpoint, cancellationToken);
        }
    }

    public static async Task<WebhookHouse> CreateAsync(
        TestStore store, WebhookOptions? options = null, IHostResolver? resolver = null, IReadOnlyList<string>? opened = null, X509Certificate2? trusted = null)
    {
        var clock = new AheadClock();
        return new WebhookHouse(store == TestStore.Sqlite ? OpenSqlite(clock) : await OpenPostgresAsync(clock), clock, options, resolver, opened, trusted);
    }

    private int _dialled;

    public AheadClock Clock { get; }

    public IJobStore Jobs { get; }

    public IWebhookStore Store { get; }

    public WebhookKeyRing Keys { get; }

    public int Dialled => _dialled;

    public Task StartAsync() => _sender.StartAsync(CancellationToken.None);

    /// <summary>A job with a webhook that has ended: completed, or as <paramref name="end"/> says.</summary>
    public async Task<Guid> EndJobAsync(string url, Func<Job, Task>? end = null)
    {
        var id = Guid.NewGuid();
        await Jobs.EnqueueAsync(
            new NewJob { Id = id, Owner = "alice", Endpoint = "e", Input = "{}", Webhook = new NewWebhook(new Uri(url), Origin) }, CancellationToken.None);
        var job = await Jobs.TryClaimAsync(new ClaimTerms("test", TimeSpan.FromMinutes(1)), CancellationToken.None);
        await (end is null ? CompleteAsync(job!) : end(job!));
        return id;
    }

    public Task CompleteAsync(Job job, string output = """{"video":{"blob":"files/ab/out.mp4","content_type":"video/mp4"},"seed":42}""") =>
        Jobs.CompleteAsync(job.Id, job.Attempt, output, 5, [], CancellationToken.None);

    /// <summary>Waits until the delivery is as <paramref name="isSo"/> says, at most 20 s.</summary>
    public async Task<WebhookDelivery> WaitAsync(Guid id, Predicate<WebhookDelivery> isSo)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var delivery = await Store.FindAsync(id, CancellationToken.None);
            if (delivery is not null && isSo(delivery)) return delivery;
            Assert.True(DateTime.UtcNow < deadline, $"It is still {delivery}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a try has an outcome.</summary>
    public async Task<WebhookDelivery> WaitForTryAsync(Guid id, int number = 1)
    {
        await WaitAsync(id, delivery => delivery.Log.Any(entry => entry.Number == number) && delivery.State != WebhookState.Waiting);

        // The row is read before its log, so what follows the try may not have been in it yet.
        return (await Store.FindAsync(id, CancellationToken.None))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.StopAsync(CancellationToken.None);
        _sender.Dispose();
        _transport.Dispose();
        await _database.DisposeAsync();
    }

    private static Stores OpenSqlite(TimeProvider clock)
    {
        var folder = ScratchDirectory.Create();
        var database = SqliteDatabase.Open(folder.PathOf("kinora.db"));
        return new(new Closing(database, folder), new SqliteJobStore(database, clock), new SqliteWebhookStore(database, clock), new SqliteWebhookKeyStore(database));
    }

    private static async Task<Stores> OpenPostgresAsync(TimeProvider clock)
    {
        var test = new TestDatabase();
        var database = await test.OpenAsync(clock);
        return new(test, new PostgresJobStore(database), new PostgresWebhookStore(database), new PostgresWebhookKeyStore(database));
    }

    private sealed record Stores(IAsyncDisposable Database, IJobStore Jobs, IWebhookStore Webhooks, IWebhookKeyStore Keys);

    /// <summary>Closes a database and then the folder that it is in.</summary>
    private sealed class Closing(IAsyncDisposable database, IDisposable folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            folder.Dispose();
        }
    }
}
