using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>Processes that start together on one database.</summary>
public sealed class SharedDatabaseTests
{
    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Many_may_start_at_once_on_an_empty_one_and_all_work(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);

        var fronts = Enumerable.Range(0, 2).Select(_ => installation.StartFrontAsync()).ToList();
        var workers = Enumerable.Range(0, 2).Select(_ => installation.StartWorkerAsync()).ToList();
        var commands = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => installation.AdminAsync("queue")));
        await Task.WhenAll([.. fronts, .. workers]);

        Assert.All(commands, command => Assert.True(command.ExitCode == 0, command.Errors));
        var (one, two) = (await fronts[0], await fronts[1]);
        var id = await installation.SubmitAsync(one);
        Assert.Null((await two.WaitUntilOverAsync(id, TimeSpan.FromSeconds(60)))["error"]);
        Assert.True((await installation.ReadVerdictAsync(id)).IsGood);
    }
}
