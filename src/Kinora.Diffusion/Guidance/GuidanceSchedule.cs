namespace Kinora.Diffusion.Guidance;

/// <summary>Guidance that changes with the noise level: the first entry whose threshold is not above the level, else the last.</summary>
public sealed class GuidanceSchedule
{
    private readonly IReadOnlyList<(float Threshold, GuidanceStep Step)> _entries;

    /// <summary>Takes the entries, thresholds falling.</summary>
    /// <exception cref="DiffusionException">There are none.</exception>
    public GuidanceSchedule(IReadOnlyList<(float Threshold, GuidanceStep Step)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = entries.Count > 0 ? entries : throw new DiffusionException("A guidance schedule needs at least one entry.");
    }

    /// <summary>No guidance: for distilled models.</summary>
    public static GuidanceSchedule None { get; } = Constant(new GuidanceStep());

    /// <summary>True if some step needs the negative prompt.</summary>
    public bool NeedsNegative => _entries.Any(entry => entry.Step.NeedsNegative);

    /// <summary>The same guidance at every level.</summary>
    public static GuidanceSchedule Constant(GuidanceStep step) => new([(0, step)]);

    /// <summary>The guidance at a noise level.</summary>
    public GuidanceStep At(float sigma)
    {
        foreach (var (threshold, step) in _entries)
        {
            if (threshold <= sigma)
                return step;
        }

        return _entries[^1].Step;
    }

    /// <summary>The same schedule with every scale that is on changed.</summary>
    public GuidanceSchedule WithScale(Func<float, float> change) =>
        new([.. _entries.Select(entry => entry.Step.NeedsNegative ? (entry.Threshold, entry.Step with { Scale = change(entry.Step.Scale) }) : entry)]);
}
