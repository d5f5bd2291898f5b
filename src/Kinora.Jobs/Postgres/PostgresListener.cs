using Dapper;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// Holds one connection that listens, and opens another when it breaks. A pooler in between may take the LISTEN and deliver nothing, so each new connection
/// first has to hear a word that it sends itself.
/// </summary>
internal sealed class PostgresListener(NpgsqlDataSource source, string channel, Action<string?> heard) : IAsyncDisposable
{
    /// <summary>How long a silent connection is trusted before it is tried.</summary>
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private Task _loop = Task.CompletedTask;
    private bool _isStarted;
    private volatile bool _isListening;

    /// <summary>True while what is told is heard.</summary>
    internal bool IsListening => _isListening;

    internal void Start()
    {
        if (Volatile.Read(ref _isStarted))
            return;
        lock (_lock)
        {
            if (_isStarted || _over.IsCancellationRequested)
                return;
            _isStarted = true;
            _loop = Task.Run(RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        Task loop;
        lock (_lock)
            loop = _loop;
        await loop;
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.Zero;
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => pause = TimeSpan.Zero);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException or IOException)
            {
                _isListening = false;
            }

            pause = TimeSpan.FromMilliseconds(Math.Min(s_longestPause.TotalMilliseconds, Math.Max(200, 2 * pause.TotalMilliseconds)));
            await Task.Delay(pause, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(Action isWorking)
    {
        await using var connection = await source.OpenConnectionAsync(_over.Token);
        string probe = $"probe {Guid.NewGuid():N}";
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload == probe)
                _isListening = true;
            else
                heard(notification.Payload);
        };
        await connection.ExecuteAsync($"LISTEN \"{channel}\"");
        try
        {
            await ProbeAsync(connection, probe);
            isWorking();
            heard(null);
            while (true)
                await TendAsync(connection);
        }
        finally
        {
            _isListening = false;
            await StopListeningAsync(connection);
        }
    }

    // The pool lends the connection out again. One that is broken is closed instead.
    private static async Task StopListeningAsync(NpgsqlConnection connection)
    {
        try
        {
            using var limit = new CancellationTokenSource(s_keepAlive, TimeProvider.System);
            await connection.ExecuteAsync(new CommandDefinition("UNLISTEN *", cancellationToken: limit.Token));
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException or IOException)
        {
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private async Task ProbeAsync(NpgsqlConnection connection, string probe)
    {
        await using (var other = await source.OpenConnectionAsync(_over.Token))
            await other.ExecuteAsync("SELECT pg_notify(@channel, @probe)", new { channel, probe });
        for (int tries = 0; tries < 10 && !_isListening; tries++)
            await connection.WaitAsync(TimeSpan.FromMilliseconds(200), _over.Token);
        if (!_isListening)
            throw new TimeoutException("Notifications do not arrive; a pooler in transaction mode takes LISTEN and keeps what it should deliver.");
    }

    private async Task TendAsync(NpgsqlConnection connection)
    {
        if (await connection.WaitAsync(s_keepAlive, _over.Token))
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        limit.CancelAfter(s_keepAlive);
        await connection.ExecuteAsync(new CommandDefinition("SELECT 1", cancellationToken: limit.Token));
    }
}
