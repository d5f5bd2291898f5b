using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Where normal numbers come from: a seed, or a record of the reference's.</summary>
internal interface INoiseSource
{
    /// <summary>Fills a dense tensor [tokens, channels].</summary>
    /// <param name="target">Overwritten.</param>
    /// <param name="use">What for.</param>
    /// <param name="index">Which of this use, for example the step.</param>
    void Fill(Tensor target, NoiseUse use, int index);
}
