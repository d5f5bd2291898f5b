using Kinora.Jobs;
using Kinora.Jobs.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server;

/// <summary>Pause, resume and limits of a queue, for the command line. Every process on the same data heeds them from its next claim on.</summary>
public sealed class QueueControl : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IQueueLimitStore _limits;

    private QueueControl(ServiceProvider services) => (_services, _limits) = (services, services.GetRequiredService<IQueueLimitStore>());

    /// <summary>Opens the queue.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ServerStartException">The directory or the database cannot be opened.</exception>
    public static QueueControl Open(DataPlace place, TimeProvider time) => place.Open(time, services => new QueueControl(services));

    /// <summary>Lets nothing start; what runs goes on.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => _limits.SetAsync(QueueLimit.Pause, cancellationToken);

    /// <summary>Ends a pause.</summary>
    /// <returns>False if there was none.</returns>
    public Task<bool> ResumeAsync(CancellationToken cancellationToken) => _limits.RemoveAsync(QueueLimitKind.Queue, "", cancellationToken);

    /// <summary>Sets how many jobs of an endpoint run at once.</summary>
    /// <param name="endpoint">Its id, or <c>*</c> for each one without a limit of its own.</param>
    /// <param name="most">How many; null: no limit any more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LimitEndpointAsync(string endpoint, int? most, CancellationToken cancellationToken) =>
        LimitAsync(QueueLimitKind.Endpoint, endpoint, most, cancellationToken);

    /// <summary>Sets how many jobs of a key run at once.</summary>
    /// <param name="keyId">Its id, <c>local</c> where there are no keys, or <c>*</c> for each one without a limit of its own.</param>
    /// <param name="most">How many; null: no limit any more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LimitKeyAsync(string keyId, int? most, CancellationToken cancellationToken) =>
        LimitAsync(QueueLimitKind.Owner, keyId, most, cancellationToken);

    /// <summary>What holds now, a line each.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(CancellationToken cancellationToken)
    {
        int queued = await _services.GetRequiredService<IJobStore>().CountQueuedAsync(owner: null, cancellationToken);
        return [$"{queued} queued", .. (await _limits.ListAsync(cancellationToken)).Select(Describe)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task LimitAsync(QueueLimitKind kind, string name, int? most, CancellationToken cancellationToken) => most is { } limit
        ? _limits.SetAsync(new QueueLimit(kind, name, limit), cancellationToken)
        : _limits.RemoveAsync(kind, name, cancellationToken);

    private static string Describe(QueueLimit limit) => limit switch
    {
        { Kind: QueueLimitKind.Queue, MostRunning: 0 } => "paused",
        { Kind: QueueLimitKind.Queue } => $"at most {limit.MostRunning} at once",
        { Kind: QueueLimitKind.Endpoint, Name: var name } => $"endpoint {name}: at most {limit.MostRunning} at once",
        { Name: var name } => $"key {name}: at most {limit.MostRunning} at once",
    };
}
