using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Listing;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary><c>GET /v1/kinora/requests</c> and <c>…/{id}</c>: every request that the caller may see, in whatever state, latest first.</summary>
internal sealed class HistoryEndpoint(IJobListing listing, JobJson json, RequestPage page)
{
    private const string List = "history";
    private const int MostText = 200;

    /// <summary>Answers with a page. <c>state</c> (repeated), <c>endpoint_id</c>, <c>from</c>, <c>to</c> and <c>q</c> narrow it down.</summary>
    public async Task ListAsync(PlatformCall call)
    {
        var filter = ReadFilter(call);
        var (limit, position) = (call.Query.Limit(standard: 30, most: 100), call.Query.Position(List));
        var jobs = await listing.ListAsync(filter, position, limit + 1, call.Aborted);
        var shown = jobs.Take(limit).ToList();
        await call.WritePageAsync(
            "requests", shown.Select(job => json.Describe(job, call)), jobs.Count > limit ? Cursor.Write(List, shown[^1].Sequence) : null);
    }

    /// <summary>Answers with everything that is known of a request.</summary>
    public async Task ShowAsync(PlatformCall call)
    {
        var found = Guid.TryParseExact(call.Id, "D", out var id) ? await listing.ListAsync(new JobFilter { Id = id, Owner = call.Owner }, null, 1, call.Aborted) : [];
        if (found.Count == 0)
            throw PlatformRefusedException.NotFound("There is no such request.");
        await call.WriteAsync(await page.DescribeAsync(found[0], call));
    }

    private static JobFilter ReadFilter(PlatformCall call)
    {
        var text = call.Query.Text("q")?.Trim();
        return new JobFilter
        {
            Owner = call.Owner,
            Endpoint = call.Query.Text("endpoint_id"),
            States = [.. call.Http.Request.Query["state"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(ReadState)],
            From = ReadTime(call, "from"),
            To = ReadTime(call, "to"),
            Text = text switch
            {
                null or "" => null,
                { Length: <= MostText } => text,
                _ => throw PlatformRefusedException.Invalid($"q must be at most {MostText} characters."),
            },
        };
    }

    private static JobState ReadState(string word) => JobWords.TryParse(word, out var state)
        ? state
        : throw PlatformRefusedException.Invalid("state must be queued, running, completed, failed or cancelled.");

    private static DateTimeOffset? ReadTime(PlatformCall call, string name)
    {
        if (call.Query.Text(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw PlatformRefusedException.Invalid($"{name} must be a time in ISO 8601, for example 2026-01-31T12:00:00Z.");
    }
}
