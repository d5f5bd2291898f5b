namespace Kinora.Diffusion.Schedulers;

/// <summary>The noise levels that the distilled LTX-Video 0.9.8 models were trained for; others give grain or blur.</summary>
public static class DistilledSchedule
{
    /// <summary>The first of two passes: 7 steps.</summary>
    public static IReadOnlyList<float> FirstPass { get; } = [1.0f, 0.9937f, 0.9875f, 0.9812f, 0.9750f, 0.9094f, 0.7250f];

    /// <summary>The second pass at twice the size: 3 steps.</summary>
    public static IReadOnlyList<float> SecondPass { get; } = [0.9094f, 0.7250f, 0.4219f];

    /// <summary>One pass alone: the first pass and the level at which the second ends, 8 steps.</summary>
    public static IReadOnlyList<float> SinglePass { get; } = [.. FirstPass, 0.4219f];

    /// <summary>One pass with another number of steps: levels of <see cref="SinglePass"/> that are left out are those that change least.</summary>
    /// <param name="steps">4 to 8.</param>
    /// <exception cref="DiffusionException">There is no such list.</exception>
    public static IReadOnlyList<float> SinglePassOf(int steps) => steps switch
    {
        8 => SinglePass,
        7 => [1.0f, 0.9875f, 0.9812f, 0.9750f, 0.9094f, 0.7250f, 0.4219f],
        6 => [1.0f, 0.9875f, 0.9750f, 0.9094f, 0.7250f, 0.4219f],
        5 => [1.0f, 0.9750f, 0.9094f, 0.7250f, 0.4219f],
        4 => [1.0f, 0.9750f, 0.9094f, 0.7250f],
        _ => throw new DiffusionException($"A distilled model runs with 4 to 8 steps, not {steps}."),
    };
}
