using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// How noisy every token is. Few values occur in one pass (free tokens, fixed ones, softly fixed ones), so what depends on them is computed once per
/// value, and every token knows its group.
/// </summary>
internal sealed class NoiseLevels
{
    private NoiseLevels(float[] timesteps, int[]? groups) => (Timesteps, Groups) = (timesteps, groups);

    /// <summary>The values that occur, times 1000.</summary>
    public IReadOnlyList<float> Timesteps { get; }

    /// <summary>The index of every token's value; null if there is only one.</summary>
    public int[]? Groups { get; }

    /// <summary>One level for all tokens.</summary>
    public static NoiseLevels Uniform(float timestep) => new([timestep], null);

    /// <summary>A level for every token.</summary>
    public static NoiseLevels Of(ReadOnlySpan<float> timesteps)
    {
        var values = new List<float>();
        var indices = new Dictionary<float, int>();
        var groups = new int[timesteps.Length];
        for (var token = 0; token < timesteps.Length; token++)
        {
            if (!indices.TryGetValue(timesteps[token], out groups[token]))
            {
                indices.Add(timesteps[token], groups[token] = values.Count);
                values.Add(timesteps[token]);
            }
        }

        return new NoiseLevels([.. values], values.Count == 1 ? null : groups);
    }

    /// <summary>The groups as a tensor, or null.</summary>
    public Tensor? GroupTensor(TensorScope scope) => Groups is null ? null : scope.From<int>(Groups, [Groups.Length]);
}
