using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>SIGTERM and SIGSTOP of a real <c>kinora worker</c>.</summary>
public sealed class StoppedWorkerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_short_job_finishes_however_often_SIGTERM_comes(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        var worker = await installation.StartWorkerAsync("--grace", "30");
        var id = await installation.SubmitAsync(front, "delay=2s");
        await front.WaitUntilRunningAsync(id);
        var late = await installation.SubmitAsync(front);

        for (var i = 0; i < 5; i++)
        {
            worker.Signal(LastingProcess.Terminate);
            await Task.Delay(50);
        }

        Assert.Equal(0, await worker.WaitForExitAsync(s_patience));
        Assert.Equal("COMPLETED", (await front.StatusAsync(id))["status"]!.GetValue<string>());
        Assert.Equal("IN_QUEUE", (await front.StatusAsync(late))["status"]!.GetValue<string>());
        var verdict = await installation.ReadVerdictAsync(id, late);
        Assert.Equal((1, 1, 1), (verdict.Completed, verdict.Live, verdict.Attempts));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Past_the_grace_a_job_goes_back_without_costing_an_attempt_and_another_worker_finishes_it(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartServerAsync(["--slots", "0"], new Dictionary<string, string> { ["KINORA_MaxAttempts"] = "1" });
        var worker = await installation.StartWorkerAsync("--grace", "0.2", "--lease", "60");
        var id = await installation.SubmitAsync(front, "delay=3s");
        await front.WaitUntilRunningAsync(id);

        worker.Signal(LastingProcess.Terminate);
        Assert.Equal(0, await worker.WaitForExitAsync(s_patience));
        Assert.Equal("IN_QUEUE", (await front.StatusAsync(id))["status"]!.GetValue<string>());

        await installation.StartWorkerAsync();
        Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);
        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((1, 2), (verdict.Completed, verdict.Attempts));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_worker_that_was_frozen_past_its_lease_can_neither_overwrite_nor_bill(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        var zombie = await installation.StartWorkerAsync();
        var id = await installation.SubmitAsync(front, "delay=1s");
        await front.WaitUntilRunningAsync(id);
        zombie.Signal(LastingProcess.Stop);
        await installation.StartWorkerAsync();
        await front.WaitUntilOverAsync(id, s_patience);
        using var before = await front.ResultAsync(id);

        zombie.Signal(LastingProcess.Continue);
        zombie.Signal(LastingProcess.Terminate);
        await zombie.WaitForExitAsync(s_patience);

        using var after = await front.ResultAsync(id);
        Assert.Equal(await before.Content.ReadAsStringAsync(), await after.Content.ReadAsStringAsync());
        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((1, 2, 0), (verdict.Completed, verdict.Attempts, verdict.OrphansCollected));
    }
}
