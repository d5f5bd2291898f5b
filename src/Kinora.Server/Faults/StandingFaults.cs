using System.Collections.Concurrent;

namespace Kinora.Server.Faults;

/// <summary>The faults that hold for submits that ask for none themselves: of one owner, or of everyone. They live in this process: a restart clears them.</summary>
internal sealed class StandingFaults
{
    /// <summary>The name that stands for all owners. No key is called so: theirs are made at random.</summary>
    public const string Everyone = "everyone";

    private readonly ConcurrentDictionary<string, FaultPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>All of them by whom they are for, in the names' order.</summary>
    public IReadOnlyList<KeyValuePair<string, FaultPlan>> All => [.. _plans.OrderBy(plan => plan.Key, StringComparer.Ordinal)];

    /// <summary>The plan of an owner, else that of everyone, else null.</summary>
    public FaultPlan? Find(string owner) => _plans.TryGetValue(owner, out var own) ? own : _plans.GetValueOrDefault(Everyone);

    /// <summary>Sets the plan of an owner, or of <see cref="Everyone"/>, in place of the one before. Requests that were submitted already keep theirs.</summary>
    public void Set(string owner, FaultPlan plan) => _plans[owner] = plan;

    /// <summary>Clears one; nothing happens if there is none.</summary>
    public void Clear(string owner) => _plans.TryRemove(owner, out _);

    /// <summary>Clears all.</summary>
    public void ClearAll() => _plans.Clear();
}
