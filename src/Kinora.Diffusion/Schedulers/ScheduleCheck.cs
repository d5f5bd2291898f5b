namespace Kinora.Diffusion.Schedulers;

/// <summary>What every list of noise levels must fulfil.</summary>
internal static class ScheduleCheck
{
    /// <summary>Demands a sensible number of steps.</summary>
    public static void Steps(int steps)
    {
        if (steps is < 1 or > 1000)
            throw new DiffusionException($"The number of inference steps must be from 1 to 1000, got {steps}.");
    }

    /// <summary>Demands levels that fall, above 0 and up to 1.</summary>
    public static void Levels(IReadOnlyList<float> sigmas)
    {
        if (sigmas.Count == 0 || !(sigmas[0] <= 1) || !(sigmas[^1] > 0) || sigmas.Zip(sigmas.Skip(1)).Any(pair => !(pair.First > pair.Second)))
            throw new DiffusionException($"Noise levels must fall from at most 1 and stay above 0, got [{string.Join(", ", sigmas.Take(64))}].");
    }
}
