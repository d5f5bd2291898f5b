using System.Net;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests;
using Kinora.Jobs.Tests.Postgres;
using Microsoft.Data.Sqlite;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>The database goes away under real fronts and workers, and comes back.</summary>
public sealed class LostDatabaseTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Readiness_turns_red_and_green_again_and_no_job_is_lost_or_run_twice()
    {
        RequiredPostgres.SkipUnlessPresent();
        await using var database = await PostgresServer.StartAsync();
        await using var installation = TestInstallation.On(await database.CreateDatabaseAsync());
        var front = await installation.StartFrontAsync("--lease", "60");
        var worker = await installation.StartWorkerAsync("--lease", "60", "--slots", "3", "--health-url", "http://127.0.0.1:0");
        var health = new Uri((await worker.WaitForLineAsync("Health: ")).Split(' ')[^1]);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await installation.SubmitAsync(front, "delay=3s"));
        await front.WaitUntilRunningAsync(ids[2]);

        // Two wait to be claimed, three run to their ends while nothing can be written down.
        await database.StopAtOnceAsync();
        await WaitForReadinessAsync(front.Http, front.Address, HttpStatusCode.ServiceUnavailable);
        await WaitForReadinessAsync(front.Http, health, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await front.Http.GetAsync("/healthz")).StatusCode);
        await Task.Delay(TimeSpan.FromSeconds(3));
        await database.StartAgainAsync();
        await WaitForReadinessAsync(front.Http, front.Address, HttpStatusCode.OK);
        await WaitForReadinessAsync(front.Http, health, HttpStatusCode.OK);

        ids.Add(await installation.SubmitAsync(front));
        foreach (var id in ids)
            Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);
        var verdict = await installation.ReadVerdictAsync(ids);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((6, 6), (verdict.Completed, verdict.Attempts));
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_delays_the_ends_of_jobs_and_loses_none()
    {
        await using var installation = await TestInstallation.CreateAsync(TestStore.Sqlite);
        var front = await installation.StartFrontAsync("--lease", "60");
        await installation.StartWorkerAsync("--lease", "60", "--slots", "2");
        List<string> ids = [await installation.SubmitAsync(front, "delay=1s"), await installation.SubmitAsync(front, "delay=1s")];
        await front.WaitUntilRunningAsync(ids[1]);

        // Longer than a write waits for its turn.
        await using (await HoldWriteLockAsync(Path.Combine(installation.DataPath, "kinora.db")))
        {
            using var refused = await front.Http.PostAsync($"/queue/{TestInstallation.Endpoint}", new StringContent("{}"));
            Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        ids.Add(await installation.SubmitAsync(front));
        foreach (var id in ids)
            Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);
        var verdict = await installation.ReadVerdictAsync(ids);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((3, 3), (verdict.Completed, verdict.Attempts));
    }

    private static async Task<SqliteConnection> HoldWriteLockAsync(string path)
    {
        // The first use of the library sets it up for everyone.
        await using (SqliteDatabase.Open(path))
        {
        }

        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task WaitForReadinessAsync(HttpClient http, Uri address, HttpStatusCode expected)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(address, "/readyz"), limit.Token);
            if (answer.StatusCode == expected)
                return;
            await Task.Delay(100, limit.Token);
        }
    }
}
