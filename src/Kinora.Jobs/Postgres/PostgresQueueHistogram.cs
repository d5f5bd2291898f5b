namespace Kinora.Jobs.Postgres;

/// <summary>
/// Places far back in a long queue: how many jobs are queued in each run of 256 submits, counted at most once a second and never for more than a tenth of the
/// time, however many ask. A counter that each submit and each claim updates would be exact, and would let only one of them commit at a time.
/// </summary>
internal sealed class PostgresQueueHistogram(PostgresDatabase database) : IDisposable
{
    private static readonly TimeSpan s_shortestAge = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _counting = new(1);
    private List<(int Priority, long Bucket, long Before, long Queued)> _buckets = [];
    private long _countedAt;
    private TimeSpan _goodFor;

    /// <summary>About how many jobs are ahead of one.</summary>
    internal async Task<int> CountAheadAsync(int priority, long seq, CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            if (_countedAt == 0 || TimeProvider.System.GetElapsedTime(_countedAt) > _goodFor)
                await CountAsync(cancellationToken);
            return Find(priority, seq);
        }
        finally
        {
            _counting.Release();
        }
    }

    public void Dispose() => _counting.Dispose();

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        var rows = await database.QueryAsync<(int Priority, long Bucket, long Queued)>(
            $"SELECT priority, seq >> 8, count(*) FROM jobs WHERE {PostgresQueries.IsInLine} GROUP BY 1, 2 ORDER BY 1, 2", null, cancellationToken);
        long before = 0;
        _buckets = rows.ConvertAll(row => (row.Priority, row.Bucket, (before += row.Queued) - row.Queued, row.Queued));
        _countedAt = TimeProvider.System.GetTimestamp();
        var took = TimeProvider.System.GetElapsedTime(start, _countedAt);
        _goodFor = 10 * took > s_shortestAge ? 10 * took : s_shortestAge;
    }

    // Within its bucket a job is as far as its number says.
    private int Find(int priority, long seq)
    {
        int at = _buckets.BinarySearch((priority, seq >> 8, 0, 0), Comparer<(int Priority, long Bucket, long, long)>.Create(
            (a, b) => (a.Priority, a.Bucket).CompareTo((b.Priority, b.Bucket))));
        if (at >= 0)
            return (int)(_buckets[at].Before + _buckets[at].Queued * (seq & 255) / 256);
        return ~at == 0 ? 0 : (int)(_buckets[~at - 1].Before + _buckets[~at - 1].Queued);
    }
}
