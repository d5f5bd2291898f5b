using System.Text.Json.Nodes;

namespace Kinora.Server.Platform;

/// <summary>A page of a time series: the buckets in which something happened, in the order of time.</summary>
/// <param name="Buckets">Their beginnings and what is in them.</param>
/// <param name="Next">Where the next page begins; null if this is the last.</param>
internal sealed record BucketPage<T>(IReadOnlyList<IGrouping<DateTimeOffset, T>> Buckets, string? Next)
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">What stands in a bucket.</param>
    public JsonArray Write(Func<IEnumerable<T>, IEnumerable<JsonObject>> results) => new([.. Buckets.Select(bucket => new JsonObject
    {
        ["bucket"] = TimeWindow.Write(bucket.Key),
        ["results"] = new JsonArray([.. results(bucket)]),
    })]);
}

/// <summary>Cuts pages off time series.</summary>
internal static class BucketPage
{
    /// <summary>Takes the buckets from a position on.</summary>
    /// <param name="buckets">All of them.</param>
    /// <param name="position">The first bucket's beginning in Unix seconds, from a cursor; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="list">Which list the cursor is for.</param>
    public static BucketPage<T> Take<T>(IEnumerable<IGrouping<DateTimeOffset, T>> buckets, long? position, int limit, string list)
    {
        var rest = buckets.Where(bucket => bucket.Key.ToUnixTimeSeconds() >= (position ?? long.MinValue)).OrderBy(bucket => bucket.Key).Take(limit + 1).ToList();
        return rest.Count <= limit
            ? new BucketPage<T>(rest, null)
            : new BucketPage<T>(rest[..limit], Cursor.Write(list, rest[limit].Key.ToUnixTimeSeconds()));
    }
}
