using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class WebhookRow
{
    internal const string Columns = """
        job AS Seq, owner, url, origin, w.state, tries, round_tries AS RoundTries, due_since AS DueSince, next_try_at AS NextTryAt
        """;

    public long Seq { get; set; }
    public string Id { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Url { get; set; } = "";
    public string Origin { get; set; } = "";
    public long State { get; set; }
    public long Tries { get; set; }
    public long RoundTries { get; set; }
    public long? DueSince { get; set; }
    public long? NextTryAt { get; set; }

    internal WebhookDelivery ToDelivery() => new()
    {
        JobId = Guid.Parse(Id),
        Owner = Owner,
        Url = Url,
        Origin = Origin,
        State = (WebhookState)State,
        Tries = (int)Tries,
        NextTryAt = State == (long)WebhookState.Due ? NextTryAt.ToTime() : null,
    };

    internal WebhookClaim ToClaim(Job job) => new()
    {
        Job = job,
        Url = new Uri(Url),
        Origin = Origin,
        Number = (int)Tries,
        RoundNumber = (int)RoundTries,
        DueSince = DueSince.ToTime() ?? job.CreatedAt,
    };
}
