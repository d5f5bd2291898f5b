namespace Kinora.Jobs.Upkeep;

/// <summary>What operators look at and mend. One implementation per database; all pass <c>UpkeepStoreConformance</c>.</summary>
public interface IUpkeepStore
{
    /// <summary>How much there is to do, and how much is being done. A few indexed reads, however many jobs have ended.</summary>
    Task<QueueSummary> SummariseAsync(CancellationToken cancellationToken);

    /// <summary>Checks every rule that all rows should keep, and mends what can be mended without guessing. It reads everything: not for every minute.</summary>
    /// <param name="repair">Whether to mend; else it only looks.</param>
    /// <param name="cancellationToken">Ends the call between two rules.</param>
    /// <returns>The rules that were broken, with what was found; empty if all is well.</returns>
    Task<IReadOnlyList<StoreFinding>> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <summary>The blobs that something in the database needs, in their order, from behind <paramref name="afterName"/> on.</summary>
    /// <param name="afterName">The last name of the page before; empty for the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<string>> ListNeededBlobsAsync(string afterName, int limit, CancellationToken cancellationToken);

    /// <summary>Gives the room of what was deleted back, and lets the planner look at the data again. Slow on large databases; the queue goes on, more slowly.</summary>
    Task VacuumAsync(CancellationToken cancellationToken);

    /// <summary>Copies the whole database as it is at one moment to a new file, while it is in use.</summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSupportedException">The database has its own program for that; the message names it.</exception>
    /// <exception cref="IOException">The file is there already.</exception>
    Task BackUpAsync(string path, CancellationToken cancellationToken);
}
