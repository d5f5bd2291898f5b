using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// Wakes those who wait, in this process at once and in others through LISTEN/NOTIFY. Notifications are sent after the commit, many changes in one, by a
/// background loop: a NOTIFY inside each transaction would make all commits of the database queue up behind one lock. So a change can be committed and its
/// notification lost (a killed process, a cut connection); whoever waits also looks again from time to time, more often while nothing can be heard.
/// </summary>
internal sealed class PostgresSignals : IAsyncDisposable
{
    /// <summary>How long changes are gathered.</summary>
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(10);

    /// <summary>A payload holds less than 8,000 bytes, an id in base64 takes 22.</summary>
    private const int MostIds = 300;

    private const string Queued = "q";
    private const string Webhook = "w";
    private const string Orders = "o";

    private readonly NpgsqlDataSource _source;
    private readonly string _channel;
    private readonly PostgresListener? _listener;
    private readonly string _instance = Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentDictionary<string, bool> _unsent = [];
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Task _sending;

    internal PostgresSignals(NpgsqlDataSource source, string channel, bool canListen)
    {
        (_source, _channel) = (source, channel);
        _listener = canListen ? new PostgresListener(source, channel, Hear) : null;
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Changes of jobs, by id.</summary>
    internal ChangeSignals<Guid> Jobs { get; } = new();

    /// <summary>There may be something to claim.</summary>
    internal ChangeSignals<int> Claimable { get; } = new();

    /// <summary>There may be a webhook to send.</summary>
    internal ChangeSignals<int> WebhooksDue { get; } = new();

    /// <summary>A worker may have been told to drain or to go on.</summary>
    internal ChangeSignals<int> WorkerOrders { get; } = new();

    /// <summary>True while other processes are heard.</summary>
    internal bool IsListening => _listener?.IsListening == true;

    /// <summary>Begins to listen, if that has not begun. Only who waits needs it.</summary>
    internal void Listen() => _listener?.Start();

    internal void JobChanged(Guid id)
    {
        Jobs.Pulse(id);
        Tell(Convert.ToBase64String(id.ToByteArray())[..22]);
    }

    internal void JobQueued()
    {
        Claimable.Pulse(0);
        Tell(Queued);
    }

    /// <summary>The job ended or went back to the queue: watchers, senders of webhooks and, if there may be one more to claim now, workers want to know.</summary>
    internal void JobLeft(Guid id, bool mayLetStart)
    {
        JobChanged(id);
        WebhookDue();
        if (mayLetStart)
            JobQueued();
    }

    internal void WebhookDue()
    {
        WebhooksDue.Pulse(0);
        Tell(Webhook);
    }

    internal void WorkerOrdered()
    {
        WorkerOrders.Pulse(0);
        Tell(Orders);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _sending;
        if (_listener is not null)
            await _listener.DisposeAsync();
        _over.Dispose();
        _news.Dispose();
    }

    private void Tell(string word)
    {
        if (!_unsent.TryAdd(word, true))
            return;
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // The loop has been woken already.
        }
        catch (ObjectDisposedException)
        {
            // Nobody is told any more; they look again by themselves.
        }
    }

    private async Task SendAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await _news.WaitAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(s_gathering, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            string[] words = [.. _unsent.Keys];
            foreach (string word in words)
                _unsent.TryRemove(word, out _);
            foreach (string[] some in words.Chunk(MostIds))
                await TrySendAsync($"{_instance} {string.Join(' ', some)}");
        }
    }

    // What cannot be sent is not sent again: the others look again by themselves before long. Nor need the disk be waited for: no notification outlives a crash.
    private async Task TrySendAsync(string payload)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            await connection.ExecuteAsync("SELECT set_config('synchronous_commit', 'off', true), pg_notify(@channel, @payload)", new { channel = _channel, payload });
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or TimeoutException)
        {
            return;
        }
    }

    private void Hear(string? payload)
    {
        // Null: something may have been missed.
        string[] words = payload?.Split(' ') ?? ["", Queued, Webhook, Orders];
        if (words[0] == _instance)
            return;

        foreach (string word in words.AsSpan(1))
        {
            if (word == Queued)
                Claimable.Pulse(0);
            else if (word == Webhook)
                WebhooksDue.Pulse(0);
            else if (word == Orders)
                WorkerOrders.Pulse(0);
            else if (TryReadId(word, out var id))
                Jobs.Pulse(id);
        }
    }

    private static bool TryReadId(string word, out Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        bool isId = Convert.TryFromBase64String(word + "==", bytes, out int length) && length == 16;
        id = isId ? new Guid(bytes) : default;
        return isId;
    }
}
