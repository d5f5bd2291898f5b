using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// The tables of the rotary embedding with fractional coordinates: positions become p in [0, 1] per axis, frequency j of K = width / 6 is
/// (π/2)·base^(j/(K-1)), and channel pair 3j + axis turns by ω_j·(2p - 1). The pairs that are left over lie in front and do not turn.
/// </summary>
/// <remarks>
/// Angles reach 15 708 rad, where one unit in the last place of a float is a thousandth of a turn: the float roundings of the reference are reproduced
/// step by step, or every result would differ in the fifth digit.
/// </remarks>
internal sealed class LtxVideoRotary : IDisposable
{
    private LtxVideoRotary(Tensor cos, Tensor sin) => (Cos, Sin) = (cos, sin);

    /// <summary>[tokens, width / 2].</summary>
    public Tensor Cos { get; }

    /// <summary>[tokens, width / 2].</summary>
    public Tensor Sin { get; }

    /// <summary>Makes the tables for tokens at these positions.</summary>
    public static LtxVideoRotary Create(IBackend backend, LtxVideoTransformerConfig config, ReadOnlySpan<TokenPosition> positions)
    {
        var fractions = new (float, float, float)[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            var position = positions[i];
            fractions[i] = (position.Seconds / config.MaxPosition.Seconds, position.Row / config.MaxPosition.Rows, position.Column / config.MaxPosition.Columns);
        }

        return FromFractions(backend, config, fractions);
    }

    /// <summary>Makes the tables from coordinates that were divided already.</summary>
    public static LtxVideoRotary FromFractions(IBackend backend, LtxVideoTransformerConfig config, ReadOnlySpan<(float Time, float Row, float Column)> fractions)
    {
        var pairs = config.Width / 2;
        var frequencies = Frequencies(config);
        var idle = pairs - (3 * frequencies.Length);
        Tensor? cos = null, sin = null;
        try
        {
            cos = Tensor.Allocate(backend.Memory, DType.Float32, [fractions.Length, pairs]);
            sin = Tensor.Allocate(backend.Memory, DType.Float32, [fractions.Length, pairs]);
            var c = cos.AsSpan<float>();
            var s = sin.AsSpan<float>();
            Span<float> turns = stackalloc float[3];
            for (var token = 0; token < fractions.Length; token++)
            {
                var (time, row, column) = fractions[token];
                (turns[0], turns[1], turns[2]) = ((time * 2) - 1, (row * 2) - 1, (column * 2) - 1);
                var at = token * pairs;
                c.Slice(at, idle).Fill(1);
                s.Slice(at, idle).Clear();
                at += idle;
                for (var j = 0; j < frequencies.Length; j++)
                    for (var axis = 0; axis < 3; axis++, at++)
                    {
                        var angle = frequencies[j] * turns[axis];
                        (s[at], c[at]) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
                    }
            }

            return new LtxVideoRotary(cos, sin);
        }
        catch
        {
            cos?.Dispose();
            sin?.Dispose();
            throw;
        }
    }

    /// <summary>Frees the tables.</summary>
    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }

    private static float[] Frequencies(LtxVideoTransformerConfig config)
    {
        var count = config.Width / 6;
        var frequencies = new float[count];
        for (var j = 0; j < count; j++)
        {
            var exponent = count == 1 ? 0 : (float)j / (count - 1);
            frequencies[j] = (float)Math.Pow(config.RotaryBase, exponent) * MathF.PI / 2;
        }

        return frequencies;
    }
}
