using System.Globalization;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>What a smoke test saw.</summary>
/// <param name="Psnr">How like itself the picture came back, in decibels.</param>
/// <param name="LatentMean">Mean of its normalised latents.</param>
/// <param name="LatentDeviation">Their deviation.</param>
/// <param name="IsTextFinite">Whether the text encoder gave numbers.</param>
public sealed record LtxVideoSmokeResult(double Psnr, double LatentMean, double LatentDeviation, bool IsTextFinite)
{
    /// <summary>What is wrong, a sentence each; none if all is well.</summary>
    public IReadOnlyList<string> Faults => [.. Check()];

    private IEnumerable<string> Check()
    {
        // Not a number fails every comparison, so each is asked for what is right.
        if (!(Psnr > LtxVideoSmokeTest.LeastPsnr))
            yield return string.Create(CultureInfo.InvariantCulture, $"A picture came back at {Psnr:0.0} dB, more than {LtxVideoSmokeTest.LeastPsnr:0} are expected: the autoencoder's weights are wrong.");
        if (!(Math.Abs(LatentMean) < 0.5))
            yield return string.Create(CultureInfo.InvariantCulture, $"The latents' mean is {LatentMean:0.00}, about 0 is expected: the encoder or its statistics are wrong.");
        if (!(LatentDeviation is > 0.3 and < 2.5))
            yield return string.Create(CultureInfo.InvariantCulture, $"The latents' deviation is {LatentDeviation:0.00}, about 1 is expected: the encoder or its statistics are wrong.");
        if (!IsTextFinite)
            yield return "The text encoder gave values that are no numbers: its weights are wrong.";
    }
}
