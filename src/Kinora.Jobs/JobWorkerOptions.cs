using System.ComponentModel.DataAnnotations;

namespace Kinora.Jobs;

/// <summary>How a <see cref="JobWorker"/> works.</summary>
public sealed record JobWorkerOptions : IValidatableObject
{
    /// <summary>Names the worker in listings and logs. Default: machine name and process id.</summary>
    public string WorkerId { get; init; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>The engines that the handler has: jobs that need another one are left to other workers. Null, the default: it can run every job.</summary>
    public IReadOnlyList<string>? Engines { get; init; }

    /// <summary>How many jobs run at once; 0 runs none, at most 256. Default 1.</summary>
    [Range(0, 256)]
    public int Slots { get; init; } = 1;

    /// <summary>How long a claim holds without a heartbeat; 100 ms to 1 hour. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the lease is renewed, whatever the work does; at most half of <see cref="Lease"/>. Default 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long progress and log lines are gathered before they are stored, 10 ms to 10 s. Default 250 ms.</summary>
    public TimeSpan ReportDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long running jobs may go on when the worker is told to stop; then they go back to the queue. 0 to 1 hour. Default 20 s.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one attempt may run before it fails with <see cref="JobFailureKind.RunTimeout"/>; null: no limit. Default 1 hour.</summary>
    public TimeSpan? RunTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lease < TimeSpan.FromMilliseconds(100) || Lease > TimeSpan.FromHours(1))
            yield return new ValidationResult($"The lease must be 100 ms to 1 hour; it is {Lease}.", [nameof(Lease)]);
        if (Heartbeat <= TimeSpan.Zero || Heartbeat > Lease / 2)
            yield return new ValidationResult($"The heartbeat must be above 0 and at most half of the lease ({Lease}); it is {Heartbeat}.", [nameof(Heartbeat)]);
        if (ReportDelay < TimeSpan.FromMilliseconds(10) || ReportDelay > TimeSpan.FromSeconds(10))
            yield return new ValidationResult($"The report delay must be 10 ms to 10 s; it is {ReportDelay}.", [nameof(ReportDelay)]);
        if (ShutdownGrace < TimeSpan.Zero || ShutdownGrace > TimeSpan.FromHours(1))
            yield return new ValidationResult($"The shutdown grace must be 0 to 1 hour; it is {ShutdownGrace}.", [nameof(ShutdownGrace)]);
        if (RunTimeout <= TimeSpan.Zero)
            yield return new ValidationResult($"The run time-out must be above 0 or null; it is {RunTimeout}.", [nameof(RunTimeout)]);
    }
}
