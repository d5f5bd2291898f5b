using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class WorkerRow
{
    public string Id { get; set; } = "";
    public string? Host { get; set; }
    public string? Version { get; set; }
    public string? Engines { get; set; }
    public long? Slots { get; set; }
    public long? SeenAt { get; set; }
    public bool IsDraining { get; set; }
    public long Running { get; set; }
    public long? OldestAt { get; set; }
    public long? LeaseUntil { get; set; }

    internal RegisteredWorker ToWorker(long now) => new()
    {
        Id = Id,
        Description = SeenAt is null ? null : new WorkerDescription(Id, Host!, Version!, Engines?.Split(','), (int)Slots!),
        SilentFor = Since(SeenAt, now),
        IsDraining = IsDraining,
        Running = Running,
        OldestFor = Since(OldestAt, now) ?? TimeSpan.Zero,
        LeaseLeft = Running == 0 ? null : TimeSpan.FromMilliseconds((LeaseUntil ?? now) - now),
    };

    private static TimeSpan? Since(long? then, long now) => then is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, now - at)) : null;
}
