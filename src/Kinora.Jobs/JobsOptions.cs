using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Blobs.S3;

namespace Kinora.Jobs;

/// <summary>How jobs are kept and run.</summary>
public sealed record JobsOptions : IValidatableObject
{
    /// <summary>A folder on a local disk for the database (<c>kinora.db</c>) and the blobs (<c>blobs/</c>). It is created if missing.</summary>
    [Required]
    public required string DataDirectory { get; init; }

    /// <summary>
    /// <c>postgres://user:password@host:port/database</c>: everything but the blobs is there, and any number of processes on any number of machines share it.
    /// Null, the default: a SQLite file in <see cref="DataDirectory"/>, for one machine.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>True: the queue is paused as the process starts, so that one with a harmful job can be looked at, until someone resumes it. Default false.</summary>
    public bool StartPaused { get; init; }

    /// <summary>The bucket that keeps the blobs. Null: <see cref="BlobDirectory"/> keeps them.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>How jobs are run.</summary>
    public JobWorkerOptions Worker { get; init; } = new();

    /// <summary>How long ended jobs are kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>
    /// How often this process looks for expired leases and time-outs; above 0, at most 10 s. Default: 1 s on SQLite; 4 s on PostgreSQL, where every process looks.
    /// </summary>
    public TimeSpan? ReapInterval { get; init; }

    /// <summary>How often retention is enforced; above 0. Default 5 minutes.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A blob that nobody owns is deleted when it is this old: longer than any job runs and any upload stays open, at least 1 minute. Default 2 days.
    /// </summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How often such blobs are looked for, which lists the whole storage; above 0. Default 6 hours.</summary>
    public TimeSpan OrphanInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Whether this process looks for such blobs. A few of an installation's processes are enough. Default true.</summary>
    public bool CollectOrphans { get; init; } = true;

    /// <summary>The database file.</summary>
    public string DatabasePath => Path.Combine(DataDirectory, "kinora.db");

    /// <summary>The directory of a local blob store.</summary>
    public string BlobDirectory => Path.Combine(DataDirectory, "blobs");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReapInterval <= TimeSpan.Zero || ReapInterval > TimeSpan.FromSeconds(10))
            yield return new ValidationResult($"The reap interval must be above 0 and at most 10 s; it is {ReapInterval}.", [nameof(ReapInterval)]);
        if (SweepInterval <= TimeSpan.Zero)
            yield return new ValidationResult($"The sweep interval must be above 0; it is {SweepInterval}.", [nameof(SweepInterval)]);
        if (Retention.Jobs < TimeSpan.Zero || Retention.UnstoredPayloads < TimeSpan.Zero)
            yield return new ValidationResult("Retention must not be negative.", [nameof(Retention)]);
        if (OrphanAge < TimeSpan.FromMinutes(1) || OrphanInterval <= TimeSpan.Zero)
            yield return new ValidationResult("The age of orphans must be at least 1 minute and their interval above 0.", [nameof(OrphanAge)]);
        var parts = new List<ValidationResult>();
        Validator.TryValidateObject(Worker, new ValidationContext(Worker), parts, validateAllProperties: true);
        if (S3 is not null)
            Validator.TryValidateObject(S3, new ValidationContext(S3), parts, validateAllProperties: true);
        foreach (var fault in parts)
            yield return fault;
    }
}
