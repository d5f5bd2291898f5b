namespace Kinora.Jobs.Rows;

/// <summary>Times as the database holds them: milliseconds since 1970, UTC.</summary>
internal static class UnixMilliseconds
{
    internal static long Now(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    internal static long ToMilliseconds(this TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    internal static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    internal static DateTimeOffset? ToTime(this long? milliseconds) => milliseconds?.ToTime();
}
