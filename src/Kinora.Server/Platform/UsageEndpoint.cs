using System.Text.Json.Nodes;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Usage;

namespace Kinora.Server.Platform;

/// <summary><c>GET /v1/models/usage</c>: seconds of output and what they would have cost, in buckets of time and in all.</summary>
internal sealed class UsageEndpoint(IUsageStore usage, IApiKeyStore keys, TimeProvider time)
{
    private const string List = "usage";
    private const string TimeSeries = "time_series";
    private const string Summary = "summary";
    private const string AuthMethod = "auth_method";

    /// <summary>Answers with a page of the time series, the summary, or both.</summary>
    public async Task ReadAsync(PlatformCall call)
    {
        var expand = call.Query.Expand([TimeSeries, Summary, AuthMethod]);
        var hasSeries = expand.Contains(TimeSeries) || !expand.Contains(Summary);
        var window = TimeWindow.Read(call.Query, time.GetUtcNow());
        var (limit, position) = (call.Query.Limit(standard: 100, most: 1000), call.Query.Position(List));
        var minutes = await usage.ReadMinutesAsync(window.ToFilter(call.Owner, call.Query.Endpoints()), call.Aborted);
        var names = expand.Contains(AuthMethod) ? await NameKeysAsync(call.Aborted) : null;

        var page = BucketPage.Take(minutes.GroupBy(minute => window.BucketOf(minute.Minute)), position, limit, List);
        var answer = new JsonObject();
        if (hasSeries)
            answer[TimeSeries] = page.Write(bucket => Sum(bucket, names));
        if (expand.Contains(Summary))
            answer[Summary] = new JsonArray([.. Sum(minutes, names)]);
        answer["next_cursor"] = hasSeries ? page.Next : null;
        answer["has_more"] = hasSeries && page.Next is not null;
        await call.WriteAsync(answer);
    }

    // With names: by key. Without: over all keys.
    private static IEnumerable<JsonObject> Sum(IEnumerable<UsageMinute> minutes, Dictionary<string, string>? names) => minutes
        .GroupBy(minute => (minute.Endpoint, minute.UnitPrice, Owner: names is null ? null : minute.Owner))
        .OrderBy(group => group.Key)
        .Select(group =>
        {
            var quantity = group.Sum(minute => minute.Units);
            var result = new JsonObject
            {
                ["endpoint_id"] = group.Key.Endpoint,
                ["unit"] = PricingEndpoint.Unit,
                ["quantity"] = quantity,
                ["unit_price"] = group.Key.UnitPrice,
                ["cost"] = quantity * group.Key.UnitPrice,
                ["currency"] = PricingEndpoint.Currency,
                ["request_count"] = group.Sum(minute => minute.Jobs),
            };
            if (group.Key.Owner is { } owner)
                result[AuthMethod] = names!.GetValueOrDefault(owner, owner);
            return result;
        });

    private async Task<Dictionary<string, string>> NameKeysAsync(CancellationToken cancellationToken) =>
        (await keys.ListAsync(cancellationToken)).ToDictionary(key => key.KeyId, key => key.Alias);
}
