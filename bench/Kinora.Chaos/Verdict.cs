using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Chaos;

/// <summary>What is true of the database and the files once everything has come to rest.</summary>
internal sealed record Verdict(
    int Completed, int Cancelled, int Failed, int Live, int Attempts, int Losses, int Duplicates, int DoubleBills, int OrphansCollected, int Orphans)
{
    internal bool IsGood => Losses == 0 && Duplicates == 0 && DoubleBills == 0 && Orphans == 0;

    /// <summary>Looks at every job, every bill and every blob.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="accepted">What was acknowledged: key and id.</param>
    internal static async Task<Verdict> ReadAsync(JobsOptions options, IReadOnlyList<(string Key, Guid Id, bool CancelAsked)> accepted)
    {
        await using var services = new ServiceCollection().AddKinoraStores(options).BuildServiceProvider();
        var jobs = await ListAsync(services.GetRequiredService<IJobListing>());
        var bills = await BillsAsync(services.GetRequiredService<IUsageStore>());
        var (collected, blobs) = await SweepAsync(services);
        var known = accepted.Select(one => one.Id).ToHashSet();
        var byId = jobs.ToDictionary(job => job.Id);

        int lost = accepted.Count(one => !byId.TryGetValue(one.Id, out var job)
            || !(job.State == JobState.Completed || (one.CancelAsked && job.State == JobState.Cancelled)));
        // One key, one job: a job that nobody was told of is there twice.
        int duplicates = accepted.GroupBy(one => one.Key).Count(key => key.Select(one => one.Id).Distinct().Count() > 1)
            + jobs.Count(job => !known.Contains(job.Id));
        int completed = jobs.Count(job => job.State == JobState.Completed);
        int doubleBills = bills.GroupBy(bill => bill.JobId).Sum(job => job.Count() - 1)
            + bills.Count(bill => byId.GetValueOrDefault(bill.JobId)?.State != JobState.Completed);
        if (bills.Count < completed)
            lost += completed - bills.Count;
        return new Verdict(
            completed, jobs.Count(job => job.State == JobState.Cancelled), jobs.Count(job => job.State == JobState.Failed),
            jobs.Count(job => job.State < JobState.Completed), jobs.Sum(job => job.Attempt), lost, duplicates, doubleBills, collected, Math.Abs(blobs - completed));
    }

    private static async Task<List<ListedJob>> ListAsync(IJobListing listing)
    {
        var all = new List<ListedJob>();
        while (await listing.ListAsync(new JobFilter(), all.Count == 0 ? null : all[^1].Sequence, 500, default) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }

    private static async Task<List<UsageEvent>> BillsAsync(IUsageStore usage)
    {
        var all = new List<UsageEvent>();
        var filter = new UsageFilter { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.MaxValue };
        while (await usage.ReadEventsAsync(filter, all.Count == 0 ? null : all[^1].Sequence, 500, default) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }

    // What a process left that died between storing a file and telling the database is collected by the sweep that every server runs; here it is made now, for all ages.
    private static async Task<(int Collected, int Blobs)> SweepAsync(ServiceProvider services)
    {
        var blobs = services.GetRequiredService<IBlobStore>();
        using var sweeper = new OrphanSweeper(
            blobs, services.GetRequiredService<IFileStore>(), TimeSpan.Zero, TimeSpan.FromHours(1), TimeProvider.System, NullLogger<OrphanSweeper>.Instance);
        int collected = await sweeper.SweepAsync(default);
        int count = 0;
        await foreach (var _ in blobs.ListAsync(DateTimeOffset.MaxValue, default))
            count++;
        return (collected, count);
    }
}
