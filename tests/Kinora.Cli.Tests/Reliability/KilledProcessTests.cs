using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary><c>kill -9</c> of real fronts and workers.</summary>
public sealed class KilledProcessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Submits_that_a_kill_cut_off_are_made_again_under_their_keys_and_become_one_job_each(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var keys = Enumerable.Range(0, 400).Select(number => $"key-{number}").ToList();
        var doomed = await installation.StartFrontAsync();
        var submits = Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) =>
        {
            if (await TrySubmitAsync(installation, doomed, key) is { } id)
                acknowledged[key] = id;
        });
        while (acknowledged.Count < 50)
            await Task.Delay(1);
        await doomed.KillAsync();
        await submits;
        Assert.InRange(acknowledged.Count, 50, keys.Count - 1);

        var front = await installation.StartFrontAsync();
        var ids = new List<string>();
        foreach (var key in keys)
        {
            var id = await TrySubmitAsync(installation, front, key);
            Assert.NotNull(id);
            Assert.Equal(acknowledged.GetValueOrDefault(key, id), id);
            ids.Add(id);
        }

        var verdict = await installation.ReadVerdictAsync(ids);
        Assert.Equal((keys.Count, 0), (verdict.Live, verdict.Duplicates));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_job_whose_worker_is_killed_runs_once_more_with_one_file_and_one_bill(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        var doomed = await installation.StartWorkerAsync();
        var id = await installation.SubmitAsync(front, "delay=1s");
        await front.WaitUntilRunningAsync(id);
        await doomed.KillAsync();

        await installation.StartWorkerAsync();
        await front.WaitUntilOverAsync(id, s_patience);

        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((1, 2), (verdict.Completed, verdict.Attempts));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task After_a_kill_of_fronts_and_workers_together_nothing_stays_claimed_and_everything_finishes(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var doomed = await installation.StartFrontAsync();
        LastingProcess[] workers = [await installation.StartWorkerAsync("--slots", "2"), await installation.StartWorkerAsync("--slots", "2")];
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add(await installation.SubmitAsync(doomed, "delay=700ms"));
        await doomed.WaitUntilOverAsync(ids[0], s_patience);
        await Task.WhenAll([doomed.KillAsync(), .. workers.Select(worker => worker.KillAsync())]);

        var front = await installation.StartFrontAsync();
        await installation.StartWorkerAsync("--slots", "4");
        foreach (var id in ids)
            await front.WaitUntilOverAsync(id, s_patience);

        var verdict = await installation.ReadVerdictAsync(ids);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((12, 0), (verdict.Completed, verdict.Live));
        Assert.InRange(verdict.Attempts, 13, 16);
        Assert.Contains("all rules hold", (await installation.AdminAsync("verify")).Output, StringComparison.Ordinal);
    }

    /// <returns>The request's id, or null if no answer came.</returns>
    private static async Task<string?> TrySubmitAsync(TestInstallation installation, ServerProcess front, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/queue/{TestInstallation.Endpoint}") { Content = JsonContent.Create(installation.Input) };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await front.Http.SendAsync(request);
            return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["request_id"]!.GetValue<string>();
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
