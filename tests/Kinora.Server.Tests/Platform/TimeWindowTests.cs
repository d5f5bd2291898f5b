using Kinora.Server.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinora.Server.Tests.Platform;

public sealed class TimeWindowTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 29, 12, 34, 56, TimeSpan.Zero);

    [Fact]
    public void Without_parameters_it_is_the_last_day_by_the_hour()
    {
        var window = Read("");

        Assert.Equal((s_now.AddDays(-1).AddMinutes(-34).AddSeconds(-56), s_now.AddMinutes(25).AddSeconds(4)), (window.Start, window.End));
        Assert.Equal(Timeframe.Hour, window.Frame);
        Assert.Equal((s_now.AddDays(-1), s_now), (Read("bound_to_timeframe=false").Start, Read("bound_to_timeframe=false").End));
    }

    [Theory]
    [InlineData("start=2026-01-01T00:00&end=2026-01-01T02:00", Timeframe.Minute)]
    [InlineData("start=2026-01-01&end=2026-01-03", Timeframe.Hour)]
    [InlineData("start=2026-01-01&end=2026-03-01", Timeframe.Day)]
    [InlineData("start=2026-01-01&end=2026-12-01", Timeframe.Week)]
    [InlineData("start=2026-01-01&end=2026-12-01&timeframe=month", Timeframe.Month)]
    public void The_buckets_fit_the_length(string query, object frame) => Assert.Equal(frame, Read(query).Frame);

    [Theory]
    [InlineData("start=2026-03-01", "2026-02-28T23:00:00+00:00")]
    [InlineData("start=2026-03-01T00:00:00Z", "2026-03-01T00:00:00+00:00")]
    [InlineData("start=2026-03-01T01:00:00%2B02:00", "2026-02-28T23:00:00+00:00")]
    [InlineData("start=2026-03-01T01:00:00+02:00", "2026-02-28T23:00:00+00:00")]
    public void A_time_without_an_offset_is_local(string query, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), Read(query + "&timezone=Europe/Berlin&bound_to_timeframe=false").Start);

    // On 29 March 2026 clocks in Berlin go from 2 to 3 o'clock.
    [Theory]
    [InlineData("minute", "2026-03-29T14:34:00+02:00")]
    [InlineData("hour", "2026-03-29T14:00:00+02:00")]
    [InlineData("day", "2026-03-29T00:00:00+01:00")]
    [InlineData("week", "2026-03-23T00:00:00+01:00")]
    [InlineData("month", "2026-03-01T00:00:00+01:00")]
    public void A_bucket_begins_by_the_local_clock(string frame, string begins) =>
        Assert.Equal(begins, TimeWindow.Write(Read($"timeframe={frame}&timezone=Europe/Berlin").BucketOf(s_now)));

    [Fact]
    public void A_day_with_a_change_of_clocks_ends_at_midnight()
    {
        var window = Read("start=2026-03-29T10:00&end=2026-03-29T11:00&timeframe=day&timezone=Europe/Berlin");

        Assert.Equal(TimeSpan.FromHours(23), window.End - window.Start);
    }

    private static TimeWindow Read(string query) => TimeWindow.Read(new PlatformQuery(new QueryCollection(QueryHelpers.ParseQuery(query))), s_now);
}
