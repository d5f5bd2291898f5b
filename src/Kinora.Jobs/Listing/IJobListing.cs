namespace Kinora.Jobs.Listing;

/// <summary>Jobs as people look through them. One implementation per database; all pass <c>JobListingConformance</c>.</summary>
public interface IJobListing
{
    /// <summary>Jobs in any state, latest submit first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="beforeSequence">Only those with a smaller sequence: the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ListedJob>> ListAsync(JobFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken);
}
