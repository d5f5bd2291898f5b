using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Kinora.Jobs.Upkeep;

namespace Kinora.Server.Admin;

/// <summary>Holds the files in the storage against the database: none that is needed is missing, and none that is old belongs to nobody.</summary>
internal sealed class FileAudit(IBlobStore blobs, IFileStore files, IUpkeepStore upkeep, TimeProvider time)
{
    private const int Page = 500;
    private const int MostNamed = 100;

    /// <summary>What is just being finished belongs to nobody yet; see <c>OrphanSweeper</c>.</summary>
    private static readonly TimeSpan s_orphanAge = TimeSpan.FromDays(2);

    /// <summary>Compares both.</summary>
    /// <param name="repair">Whether files that belong to nobody are deleted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, DateTimeOffset>();
        await foreach (var blob in blobs.ListAsync(DateTimeOffset.MaxValue, cancellationToken)) stored[blob.Name] = blob.LastModified;
        var findings = new List<Finding>();
        var missing = await FindMissingAsync(stored, cancellationToken);
        if (missing.Count > 0) findings.Add(Finding.Of("Every file that the database names is in the storage.", missing.Count, missing.Take(MostNamed).ToList(), false, false));
        var orphans = await FindOrphansAsync(stored, cancellationToken);
        if (orphans.Count == 0) return findings;

        if (repair)
        {
            foreach (var name in orphans) await blobs.DeleteAsync(name, cancellationToken);
        }

        findings.Add(Finding.Of("Every file in the storage belongs to something, or is not yet two days old.", orphans.Count, orphans.Take(MostNamed).ToList(), repair, true));
        return findings;
    }

    private async Task<List<string>> FindMissingAsync(Dictionary<string, DateTimeOffset> stored, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        IReadOnlyList<string> page = [];
        do
        {
            page = await upkeep.ListNeededBlobsAsync(page.Count > 0 ? page[^1] : "", Page, cancellationToken);
            foreach (var name in page.Where(name => !stored.ContainsKey(name)))
            {
                // It may have come after the storage was listed.
                await using var content = await blobs.TryOpenAsync(name, cancellationToken);
                if (content is null) missing.Add(name);
            }
        }
        while (page.Count == Page);
        return missing;
    }

    private async Task<List<string>> FindOrphansAsync(Dictionary<string, DateTimeOffset> stored, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - s_orphanAge;
        var orphans = new List<string>();
        foreach (var names in stored.Where(blob => blob.Value <= before).Select(blob => blob.Key).Chunk(Page))
            orphans.AddRange(await files.FindUnownedAsync(names, cancellationToken));
        return orphans;
    }
}
