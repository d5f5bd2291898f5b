using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Layers;

/// <summary>
/// Makes a vector of a timestep: cosines and sines of 128 frequencies exp(-ln(10000)·i/128), then linear, SiLU, linear
/// (<see href="https://arxiv.org/abs/2006.11239">DDPM</see>, cosines first).
/// </summary>
internal sealed class TimestepEmbedding(WeightReader reader, string name, int width, WeightFormat format)
{
    private const int Waves = 256;

    private readonly LinearLayer _first = reader.Linear(name + ".linear_1", width, Waves, format);
    private readonly LinearLayer _second = reader.Linear(name + ".linear_2", width, width, format);

    /// <summary>The vectors [timesteps, width].</summary>
    public Tensor Run(IBackend backend, TensorScope scope, IReadOnlyList<float> timesteps)
    {
        var hidden = scope.Empty([timesteps.Count, width]);
        var output = scope.Empty([timesteps.Count, width]);
        _first.Run(backend, scope.From<float>(Sinusoids(timesteps), [timesteps.Count, Waves]), hidden, new Epilogue { Activation = Activation.Silu });
        _second.Run(backend, hidden, output);
        return output;
    }

    private static float[] Sinusoids(IReadOnlyList<float> timesteps)
    {
        var values = new float[timesteps.Count * Waves];
        for (var row = 0; row < timesteps.Count; row++)
            for (var i = 0; i < Waves / 2; i++)
            {
                var exponent = (float)-Math.Log(10000) * i / (Waves / 2);
                var angle = timesteps[row] * (float)Math.Exp(exponent);
                values[(row * Waves) + i] = (float)Math.Cos(angle);
                values[(row * Waves) + (Waves / 2) + i] = (float)Math.Sin(angle);
            }

        return values;
    }
}
