namespace Kinora.Jobs.Workers;

/// <summary>
/// The workers of an installation, as they report themselves, and which of them are to claim nothing more. One implementation per database; all pass
/// <c>WorkerStoreConformance</c>. What a worker runs is not kept here: the jobs say so.
/// </summary>
public interface IWorkerStore
{
    /// <summary>Makes a worker known that has just started: it is not draining, whatever one of the same name was before. Long silent ones are forgotten.</summary>
    Task RegisterAsync(WorkerDescription worker, CancellationToken cancellationToken);

    /// <summary>Tells that a worker is alive.</summary>
    /// <returns>Whether it is to claim nothing more for now.</returns>
    Task<bool> BeatAsync(WorkerDescription worker, CancellationToken cancellationToken);

    /// <summary>
    /// Returns as soon as a worker may have been told to drain or to go on, and in any case after <paramref name="atMost"/>; where notifications do not get through,
    /// only then. It may return early.
    /// </summary>
    Task WaitForOrdersAsync(string workerId, bool isDraining, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Forgets a worker that has stopped.</summary>
    Task RemoveAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>Tells a worker to claim nothing more, or to go on.</summary>
    /// <returns>False if there is no such worker.</returns>
    Task<bool> SetDrainingAsync(string workerId, bool isDraining, CancellationToken cancellationToken);

    /// <summary>The workers that were heard of lately or that run jobs, by name.</summary>
    Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken cancellationToken);
}
