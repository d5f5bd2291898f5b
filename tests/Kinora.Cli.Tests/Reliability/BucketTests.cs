using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests;
using Kinora.Jobs.Tests.Blobs.S3;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>A real bucket misbehaves under real fronts and workers.</summary>
public sealed class BucketTests(S3Server s3)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Refusals_cut_connections_and_silence_delay_a_result_and_lose_none(TestStore store)
    {
        var bucket = await s3.CreateBucketAsync();
        await using var proxy = new FaultProxy(bucket.Endpoint!);
        await using var installation = await TestInstallation.CreateAsync(store, bucket with { Endpoint = proxy.Address });
        var front = await installation.StartFrontAsync();
        await installation.StartWorkerAsync();
        var faults = new Queue<ProxyFault>([
            new ProxyFault.Answer(503, "SlowDown"), new ProxyFault.Drop(), new ProxyFault.LoseAnswer(), new ProxyFault.Answer(500, "InternalError"),
            .. Enumerable.Repeat(new ProxyFault.Answer(503, "ServiceUnavailable"), 8), new ProxyFault.Drop(),
        ]);
        proxy.Judge = head =>
        {
            lock (faults)
                return head.StartsWith("PUT", StringComparison.Ordinal) && faults.TryDequeue(out var fault) ? fault : null;
        };

        var id = await installation.SubmitAsync(front);
        Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);

        Assert.Empty(faults);
        using var result = await front.ResultAsync(id);
        Assert.Contains("video", await result.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_a_worker_stored_that_was_killed_before_it_could_say_so_is_collected(TestStore store)
    {
        var bucket = await s3.CreateBucketAsync();
        await using var proxy = new FaultProxy(bucket.Endpoint!);
        await using var installation = await TestInstallation.CreateAsync(store, bucket with { Endpoint = proxy.Address });
        var front = await installation.StartFrontAsync();
        var doomed = await installation.StartWorkerAsync();
        var isStored = false;
        proxy.Judge = head => isStored ? new ProxyFault.Hang() : head.StartsWith("PUT", StringComparison.Ordinal) && (isStored = true) ? new ProxyFault.LoseAnswer() : null;

        var id = await installation.SubmitAsync(front);
        while (await CountAsync(bucket) == 0)
            await Task.Delay(20);
        await doomed.KillAsync();
        proxy.Judge = _ => null;
        await installation.StartWorkerAsync();
        Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);

        Assert.Equal(2, await CountAsync(bucket));
        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((1, 2, 1), (verdict.Completed, verdict.Attempts, verdict.OrphansCollected));
        Assert.Equal(1, await CountAsync(bucket));
    }

    private static async Task<int> CountAsync(S3Options bucket)
    {
        using var blobs = new S3BlobStore(bucket, TimeProvider.System);
        return await blobs.ListAsync(DateTimeOffset.MaxValue, default).CountAsync();
    }
}
