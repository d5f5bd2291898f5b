using Kinora.Server.Webhooks;

namespace Kinora.Server.Tests.Webhooks;

public sealed class WebhookScheduleTests
{
    private static readonly DateTimeOffset s_due = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Thirty_one_retries_fit_into_two_hours_and_no_more_come()
    {
        var now = s_due;
        var retries = 0;
        while (WebhookSchedule.NextTry(retries + 1, s_due, now, null) is { } next)
        {
            Assert.True(next > now);
            now = next;
            retries++;
        }

        Assert.Equal(31, retries);
        Assert.InRange(now - s_due, TimeSpan.FromMinutes(119), TimeSpan.FromHours(2));
    }

    [Fact]
    public void Slow_answers_end_the_schedule_by_its_time() =>
        Assert.Null(WebhookSchedule.NextTry(5, s_due, s_due + WebhookSchedule.Limit, null));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(300, 300)]
    [InlineData(86_400, 7_200)]
    public void A_longer_wait_is_honoured_up_to_the_end(int asked, int granted) =>
        Assert.Equal(s_due.AddSeconds(granted), WebhookSchedule.NextTry(1, s_due, s_due, TimeSpan.FromSeconds(asked)));
}
