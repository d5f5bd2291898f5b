using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Tests.Webhooks;

/// <summary>What every <see cref="IWebhookStore"/> and <see cref="IWebhookKeyStore"/> promises. Inherit it for each database.</summary>
public abstract class WebhookStoreConformance : IAsyncLifetime
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, int> s_noneInFlight = [];

    private protected SettableClock Clock { get; } = new();

    private protected IJobStore Jobs { get; private set; } = null!;

    private protected IWebhookStore Webhooks { get; private set; } = null!;

    private protected IWebhookKeyStore Keys { get; private set; } = null!;

    /// <summary>Opens empty stores on one database.</summary>
    private protected abstract Task<(IJobStore Jobs, IWebhookStore Webhooks, IWebhookKeyStore Keys)> CreateStoresAsync(TimeProvider time);

    public async ValueTask InitializeAsync() => (Jobs, Webhooks, Keys) = await CreateStoresAsync(Clock);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Ends => ["completed", "failed", "cancelled while queued", "cancelled while running", "start time-out", "worker lost", "released after a cancel"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task However_a_job_ends_its_webhook_becomes_due_with_it(string end)
    {
        var id = await SubmitAsync(startTimeout: end == "start time-out" ? TimeSpan.FromSeconds(5) : null);
        Assert.Empty(await ClaimAsync());

        await EndAsync(id, end);

        var claim = Assert.Single(await ClaimAsync());
        Assert.Equal((id, 1, 1, "https://example.org/hook?x=1&y=2", "https://kinora.example"), (claim.Job.Id, claim.Number, claim.RoundNumber, claim.Url.OriginalString, claim.Origin));
        Assert.True(claim.Job.State is JobState.Completed or JobState.Failed or JobState.Cancelled);
        Assert.Equal(Clock.GetUtcNow(), claim.DueSince);
    }

    [Fact]
    public async Task A_job_that_is_retried_makes_nothing_due_before_its_last_end()
    {
        await SubmitAsync();
        var job = await Jobs.ClaimAsync();
        await Jobs.FailAsync(job.Id, job.Attempt, new JobFailure(JobFailureKind.EngineFault, "again", CanRetry: true), default);

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_try_is_handed_out_once_until_its_lease_runs_out()
    {
        await SubmitEndedAsync();
        Assert.Single(await ClaimAsync());
        Assert.Empty(await ClaimAsync());

        Clock.Advance(s_lease);

        Assert.Equal(2, Assert.Single(await ClaimAsync()).Number);
    }

    [Fact]
    public async Task A_late_record_is_logged_but_decides_nothing()
    {
        var id = await SubmitEndedAsync();
        await ClaimAsync();
        Clock.Advance(s_lease);
        await ClaimAsync();

        Assert.False(await Webhooks.RecordAsync(id, Try(1, "too late"), WebhookState.GivenUp, null, default));
        Assert.True(await Webhooks.RecordAsync(id, Try(2), WebhookState.Delivered, null, default));

        var delivery = await FindAsync(id);
        Assert.Equal((WebhookState.Delivered, 2), (delivery.State, delivery.Tries));
        Assert.Equal([Try(1, "too late"), Try(2)], delivery.Log);
    }

    [Fact]
    public async Task A_failed_try_is_due_again_at_its_time_and_not_before()
    {
        var id = await SubmitEndedAsync();
        await ClaimAsync();
        await Webhooks.RecordAsync(id, Try(1, "no"), WebhookState.Due, Clock.GetUtcNow().AddMinutes(1), default);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await ClaimAsync());
        Assert.Equal(Clock.GetUtcNow().AddSeconds(1), (await FindAsync(id)).NextTryAt);

        Clock.Advance(TimeSpan.FromSeconds(1));

        var claim = Assert.Single(await ClaimAsync());
        Assert.Equal((2, 2), (claim.Number, claim.RoundNumber));
    }

    [Fact]
    public async Task One_host_gets_no_more_than_its_share()
    {
        for (int i = 0; i < 20; i++)
            await SubmitEndedAsync();
        var other = await SubmitEndedAsync("https://other.example/");

        var claims = await Webhooks.ClaimDueAsync(10, 3, new Dictionary<string, int> { ["example.org"] = 1 }, s_lease, default);

        Assert.Equal(3, claims.Count);
        Assert.Contains(claims, claim => claim.Job.Id == other);
        Assert.Empty(await Webhooks.ClaimDueAsync(10, 3, new Dictionary<string, int> { ["example.org"] = 3 }, s_lease, default));
    }

    [Fact]
    public async Task A_delivery_is_made_again_on_request_and_its_schedule_begins_anew()
    {
        var id = await SubmitEndedAsync();
        await ClaimAsync();
        await Webhooks.RecordAsync(id, Try(1), WebhookState.Delivered, null, default);
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(RedeliverOutcome.NotFound, await Webhooks.RedeliverAsync(id, "bob", default));
        Assert.Equal(RedeliverOutcome.Requested, await Webhooks.RedeliverAsync(id, "alice", default));

        var claim = Assert.Single(await ClaimAsync());
        Assert.Equal((2, 1, Clock.GetUtcNow()), (claim.Number, claim.RoundNumber, claim.DueSince));
    }

    [Fact]
    public async Task What_has_not_ended_or_has_no_webhook_cannot_be_delivered_again()
    {
        Assert.Equal(RedeliverOutcome.JobNotEnded, await Webhooks.RedeliverAsync(await SubmitAsync(), null, default));
        Assert.Equal(RedeliverOutcome.NotFound, await Webhooks.RedeliverAsync(await Jobs.SubmitAsync(), null, default));
        Assert.Equal(RedeliverOutcome.NotFound, await Webhooks.RedeliverAsync(Guid.NewGuid(), null, default));
    }

    [Fact]
    public async Task Deliveries_are_listed_by_owner_and_state_newest_first()
    {
        var first = await SubmitEndedAsync();
        var second = await SubmitAsync();

        Assert.Equal([second, first], (await Webhooks.ListAsync(null, null, 10, default)).Select(delivery => delivery.JobId));
        Assert.Equal([first], (await Webhooks.ListAsync("alice", WebhookState.Due, 10, default)).Select(delivery => delivery.JobId));
        Assert.Equal([second], (await Webhooks.ListAsync("alice", null, 1, default)).Select(delivery => delivery.JobId));
        Assert.Empty(await Webhooks.ListAsync("bob", null, 10, default));
    }

    [Fact]
    public async Task A_deleted_job_takes_its_delivery_and_its_log_with_it()
    {
        var id = await SubmitEndedAsync();
        await ClaimAsync();
        await Webhooks.RecordAsync(id, Try(1), WebhookState.Delivered, null, default);
        Clock.Advance(TimeSpan.FromDays(40));

        await Jobs.SweepAsync(new RetentionOptions(), default);

        Assert.Null(await Webhooks.FindAsync(id, default));
    }

    [Fact]
    public async Task Of_several_first_keys_one_is_kept_and_later_ones_come_first()
    {
        var now = Clock.GetUtcNow();
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Keys.AddAsync(Key($"k{i}", now), onlyFirst: true, default)));
        Assert.Single(added, true);

        Assert.True(await Keys.AddAsync(Key("later", now.AddDays(1)), onlyFirst: false, default));
        var keys = await Keys.ListAsync(default);
        Assert.Equal(("later", now.AddDays(1), 2), (keys[0].Id, keys[0].SignsFrom, keys.Count));
        Assert.Equal(new byte[32], keys[0].Seed);

        await Keys.DeleteAsync("later", default);
        Assert.Single(await Keys.ListAsync(default));
    }

    private static WebhookKey Key(string id, DateTimeOffset from) => new(id, new byte[32], new byte[32], from);

    private WebhookTry Try(int number, string? problem = null) =>
        new(number, DateTimeOffset.UnixEpoch.AddSeconds(number), problem is null ? 200 : null, TimeSpan.FromMilliseconds(12), problem);

    private Task<IReadOnlyList<WebhookClaim>> ClaimAsync() => Webhooks.ClaimDueAsync(10, 10, s_noneInFlight, s_lease, default);

    private async Task<WebhookDelivery> FindAsync(Guid id)
    {
        var delivery = await Webhooks.FindAsync(id, default);
        Assert.NotNull(delivery);
        return delivery;
    }

    private Task<Guid> SubmitAsync(string url = "https://example.org/hook?x=1&y=2", TimeSpan? startTimeout = null) =>
        Jobs.SubmitAsync(NewJobs.Create() with { Webhook = new NewWebhook(new Uri(url), "https://kinora.example"), StartTimeout = startTimeout, MaxAttempts = 2 });

    private async Task<Guid> SubmitEndedAsync(string url = "https://example.org/hook?x=1&y=2")
    {
        var id = await SubmitAsync(url);
        await EndAsync(id, "cancelled while queued");
        return id;
    }

    private async Task EndAsync(Guid id, string end)
    {
        switch (end)
        {
            case "completed":
                await Jobs.FinishAsync(await Jobs.ClaimAsync());
                break;
            case "failed":
                await Jobs.FailAsync(id, (await Jobs.ClaimAsync()).Attempt, new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false), default);
                break;
            case "cancelled while queued":
                await Jobs.RequestCancelAsync(id, default);
                break;
            case "cancelled while running":
                var running = await Jobs.ClaimAsync();
                await Jobs.RequestCancelAsync(id, default);
                await Jobs.ConfirmCancelledAsync(id, running.Attempt, default);
                break;
            case "start time-out":
                Clock.Advance(TimeSpan.FromSeconds(6));
                await Jobs.ReapAsync(default);
                break;
            case "worker lost":
                for (int attempt = 0; attempt < 2; attempt++)
                {
                    await Jobs.ClaimAsync();
                    Clock.Advance(TimeSpan.FromMinutes(2));
                    await Jobs.ReapAsync(default);
                }

                break;
            default:
                var released = await Jobs.ClaimAsync();
                await Jobs.RequestCancelAsync(id, default);
                await Jobs.ReleaseAsync(id, released.Attempt, default);
                break;
        }
    }
}
