namespace Kinora.Server.Webhooks;

/// <summary>
/// When a delivery that failed is tried again: after 5, 10, 20, 40, 80 and 160 seconds, then every 275 seconds. That makes 31 retries in two hours; the schedule
/// ends with whichever comes first, and a request to deliver again begins it anew.
/// </summary>
internal static class WebhookSchedule
{
    public const int MaxRetries = 31;

    /// <summary>From the end of the job to the last retry.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(275);

    /// <summary>Gives the moment of the next try, or null if there is to be none.</summary>
    /// <param name="roundNumber">Which try failed, from 1.</param>
    /// <param name="dueSince">When the schedule began.</param>
    /// <param name="now">When the try failed.</param>
    /// <param name="retryAfter">The wait that the receiver asked for; honoured if it is the longer one, up to the end of the schedule. Null: none.</param>
    public static DateTimeOffset? NextTry(int roundNumber, DateTimeOffset dueSince, DateTimeOffset now, TimeSpan? retryAfter)
    {
        var end = dueSince + Limit;
        if (roundNumber > MaxRetries || now >= end) return null;

        var delay = DelayAfter(roundNumber);
        if (retryAfter > delay) delay = retryAfter.Value;
        return delay > end - now ? end : now + delay;
    }

    private static TimeSpan DelayAfter(int roundNumber) => roundNumber > 6 ? s_longest : s_first * (1 << (roundNumber - 1));
}
