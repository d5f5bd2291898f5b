namespace Kinora.Jobs.Tests;

internal static class NewJobs
{
    internal static NewJob Create(string input = "{}") =>
        new() { Id = Guid.NewGuid(), Owner = "alice", Endpoint = "fal-ai/some/endpoint", Input = input };

    internal static async Task<Guid> SubmitAsync(this IJobStore store, NewJob? job = null)
    {
        job ??= Create();
        Assert.IsType<EnqueueOutcome.Accepted>(await store.EnqueueAsync(job, default));
        return job.Id;
    }

    internal static Task<Job?> TryClaimAsync(this IJobStore store, string workerId, TimeSpan lease, CancellationToken cancellationToken) =>
        store.TryClaimAsync(new ClaimTerms(workerId, lease), cancellationToken);

    internal static async Task<Job> ClaimAsync(this IJobStore store, TimeSpan? lease = null)
    {
        var job = await store.TryClaimAsync("worker", lease ?? TimeSpan.FromSeconds(60), default);
        Assert.NotNull(job);
        return job;
    }

    internal static async Task<Job> GetAsync(this IJobStore store, Guid id)
    {
        var job = await store.FindAsync(id, default);
        Assert.NotNull(job);
        return job;
    }

    internal static async Task<JobStatus> StatusAsync(this IJobStore store, Guid id)
    {
        var status = await store.FindStatusAsync(id, default);
        Assert.NotNull(status);
        return status;
    }

    internal static Task<HeartbeatOutcome> BeatAsync(this IJobStore store, Job job, TimeSpan? lease = null, JobProgress? progress = null, params string[] lines) =>
        store.HeartbeatAsync(
            new JobHeartbeat
            {
                Id = job.Id,
                Attempt = job.Attempt,
                Lease = lease ?? TimeSpan.FromSeconds(60),
                Progress = progress,
                Log = [.. lines.Select(line => (DateTimeOffset.UnixEpoch, JobLogLevel.Info, line))],
            },
            default);

    internal static Task<bool> FinishAsync(this IJobStore store, Job job, string output = "{}", params string[] blobs) =>
        store.CompleteAsync(job.Id, job.Attempt, output, 5m, blobs, default);
}
