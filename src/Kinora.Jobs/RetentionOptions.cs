namespace Kinora.Jobs;

/// <summary>How long ended jobs are kept.</summary>
public sealed record RetentionOptions
{
    /// <summary>Input, output and log of an ended job can be read this long. Default 30 days.</summary>
    public TimeSpan Jobs { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The same for jobs submitted with <see cref="NewJob.StorePayloads"/> false. Default 1 hour.</summary>
    public TimeSpan UnstoredPayloads { get; init; } = TimeSpan.FromHours(1);
}
