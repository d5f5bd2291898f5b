using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Noise that follows from a seed alone, the same on every device. Parts of a film (windows, shots, passes) have streams of their own.</summary>
internal sealed class SeededNoise(IBackend backend, ulong seed, int part) : INoiseSource
{
    /// <inheritdoc/>
    public void Fill(Tensor target, NoiseUse use, int index) =>
        backend.FillNormal(target, seed, ((ulong)(uint)part << 40) | ((ulong)use << 32) | (uint)index);
}
