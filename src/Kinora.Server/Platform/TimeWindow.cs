using System.Globalization;
using Kinora.Jobs.Usage;

namespace Kinora.Server.Platform;

/// <summary>A stretch of time, cut into buckets by the clock and the calendar of a time zone.</summary>
internal sealed record TimeWindow(DateTimeOffset Start, DateTimeOffset End, TimeZoneInfo Zone, Timeframe Frame)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    private static readonly string[] s_formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads <c>start</c>, <c>end</c>, <c>timezone</c>, <c>timeframe</c> and <c>bound_to_timeframe</c>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">The default end; the default start is a day earlier.</param>
    /// <exception cref="PlatformRefusedException">One of them is not what it must be.</exception>
    public static TimeWindow Read(PlatformQuery query, DateTimeOffset now)
    {
        var zone = ReadZone(query.Text("timezone") ?? "UTC");
        var end = ReadTime(query, "end", zone) ?? now;
        var start = ReadTime(query, "start", zone) ?? end.AddDays(-1);
        if (start >= end || end - start > s_longest)
            throw PlatformRefusedException.Invalid($"start must be before end, by at most {s_longest.TotalDays:0} days.");

        var window = new TimeWindow(start, end, zone, ReadFrame(query.Text("timeframe"), end - start));
        return query.Flag("bound_to_timeframe", standard: true) ? window.Widen() : window;
    }

    /// <summary>The beginning of the bucket that a moment is in.</summary>
    public DateTimeOffset BucketOf(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        return Frame switch
        {
            Timeframe.Minute => new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, local.Offset),
            Timeframe.Hour => new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, local.Offset),
            Timeframe.Day => Midnight(local.Date),
            Timeframe.Week => Midnight(local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7))),
            _ => Midnight(new DateTime(local.Year, local.Month, 1)),
        };
    }

    /// <summary>The filter that this window stands for.</summary>
    public UsageFilter ToFilter(string? owner, IReadOnlyList<string> endpoints) => new() { Owner = owner, Endpoints = endpoints, From = Start, To = End };

    /// <summary>A bucket's beginning as it is written.</summary>
    public static string Write(DateTimeOffset bucket) => bucket.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    // The first bucket begins where the window does, and the last one ends there.
    private TimeWindow Widen() => this with { Start = BucketOf(Start), End = BucketOf(End) == End ? End : NextBucket(BucketOf(End)) };

    private DateTimeOffset NextBucket(DateTimeOffset bucket) => Frame switch
    {
        Timeframe.Minute => bucket.AddMinutes(1),
        Timeframe.Hour => bucket.AddHours(1),
        Timeframe.Day => Midnight(bucket.Date.AddDays(1)),
        Timeframe.Week => Midnight(bucket.Date.AddDays(7)),
        _ => Midnight(bucket.Date.AddMonths(1)),
    };

    private DateTimeOffset Midnight(DateTime date) => new(date, Zone.GetUtcOffset(date));

    private static TimeZoneInfo ReadZone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        ? zone
        : throw PlatformRefusedException.Invalid("timezone must be an IANA name such as Europe/Berlin.");

    private static DateTimeOffset? ReadTime(PlatformQuery query, string name, TimeZoneInfo zone)
    {
        // A plus sign that was not escaped arrives as a blank.
        if (query.Text(name)?.Replace(' ', '+') is not { } text)
            return null;
        if (!DateTime.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) || time.Year is < 1971 or > 9000)
            throw PlatformRefusedException.Invalid($"{name} must be a date or a time in ISO 8601, for example 2026-01-31 or 2026-01-31T12:00:00Z.");
        return time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, zone.GetUtcOffset(time)) : new DateTimeOffset(time.ToUniversalTime());
    }

    private static Timeframe ReadFrame(string? word, TimeSpan length) => word switch
    {
        null when length <= TimeSpan.FromHours(2) => Timeframe.Minute,
        null when length <= TimeSpan.FromDays(2) => Timeframe.Hour,
        null when length <= TimeSpan.FromDays(64) => Timeframe.Day,
        null => Timeframe.Week,
        "minute" => Timeframe.Minute,
        "hour" => Timeframe.Hour,
        "day" => Timeframe.Day,
        "week" => Timeframe.Week,
        "month" => Timeframe.Month,
        _ => throw PlatformRefusedException.Invalid("timeframe must be minute, hour, day, week or month."),
    };
}
