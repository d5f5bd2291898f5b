using Kinora.Server.Faults;

namespace Kinora.Server.Tests.Faults;

public sealed class FaultPlanParserTests
{
    [Fact]
    public void Every_fault_can_be_asked_for_at_once()
    {
        var plan = FaultPlanParser.Parse(
            "delay=2s, queue=1.5m,status=503x2 , submit=429, fail=content_policy_violationx2, runner_crashx3, drop_stream, webhook=delay:250ms, instant");

        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(90)), (plan.Delay, plan.Queue));
        Assert.Equal(new FaultyAnswer(503, 2), plan.Answers[FaultyCall.Status]);
        Assert.Equal(new FaultyAnswer(429, 1), plan.Answers[FaultyCall.Submit]);
        Assert.Equal(("content_policy_violation", 2, 3, 1, true), (plan.Fail, plan.FailingAttempts, plan.CrashingAttempts, plan.DroppedStreams, plan.Instant));
        Assert.Equal((WebhookFault.Delay, TimeSpan.FromMilliseconds(250)), (plan.Webhook, plan.WebhookDelay));
    }

    [Theory]
    [InlineData("webhook=duplicate", WebhookFault.Duplicate)]
    [InlineData("webhook=lose", WebhookFault.Lose)]
    [InlineData("webhook=delay", WebhookFault.Delay)]
    internal void A_webhook_has_three_fates(string text, WebhookFault fate) => Assert.Equal(fate, FaultPlanParser.Parse(text).Webhook);

    [Theory]
    [InlineData("")]
    [InlineData("instant,")]
    [InlineData("instant=1")]
    [InlineData("instantx2")]
    [InlineData("instant, instant")]
    [InlineData("runner_crashx2, runner_crash")]
    [InlineData("delay")]
    [InlineData("delay=2")]
    [InlineData("delay=-2s")]
    [InlineData("delay=1e9s")]
    [InlineData("delay=61m")]
    [InlineData("delay=NaNs")]
    [InlineData("delay=2sm")]
    [InlineData("queue=")]
    [InlineData("status=200")]
    [InlineData("status=600")]
    [InlineData("status=503x0")]
    [InlineData("status=503x1001")]
    [InlineData("status=503x99999999999")]
    [InlineData("fail=")]
    [InlineData("fail=no_such_type")]
    [InlineData("webhook=")]
    [InlineData("webhook=explode")]
    [InlineData("webhook=delay:5s:5s")]
    [InlineData("runner_crash=true")]
    [InlineData("panic")]
    public void What_cannot_be_understood_is_refused_in_a_sentence(string text) =>
        Assert.StartsWith("x-kinora-fault", Assert.Throws<FormatException>(() => FaultPlanParser.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plan_without_end_is_refused_before_it_is_read() =>
        Assert.Contains("at most", Assert.Throws<FormatException>(() => FaultPlanParser.Parse(new string('x', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void No_fault_means_no_fault()
    {
        var plan = FaultPlanParser.Parse("instant");
        Assert.Equal((TimeSpan.Zero, null, null, 0, 0, 0, WebhookFault.None), (plan.Delay, plan.Queue, plan.Fail, plan.FailingAttempts, plan.CrashingAttempts, plan.DroppedStreams, plan.Webhook));
    }
}
