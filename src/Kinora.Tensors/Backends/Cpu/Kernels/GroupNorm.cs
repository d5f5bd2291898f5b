using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Group normalisation of channels-last tensors: sums per stretch of 256 positions and channel, joined in double in a fixed order, twice (mean, then
/// squared distances), then one pass that applies them. Parallel over stretches. Tolerance against the naive twin: 3·10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class GroupNorm<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long Stretch = 256;

    public static void Run(CpuContext cpu, Tensor x, Tensor output, int groups, NormOptions? options)
    {
        using var check = new OpCheck("GroupNorm");
        check.Input("x", x);
        check.Output("output", output);
        check.Rank("x", x, 2, Shape.MaxRank);
        check.Shape("output", output, x.Shape);
        check.Dense("x", x);
        check.Dense("output", output);
        check.Apart("output", output, "x", x, orSame: true);
        options ??= new NormOptions();
        var channels = x.Shape[-1];
        if (groups < 1 || channels % groups != 0 || channels > int.MaxValue)
            throw check.Fail($"the number of groups must divide {channels} channels, got {groups}.");
        if (options.Modulation is not null || !(options.Epsilon >= 0))
            throw check.Fail("expected no modulation and an epsilon of at least 0.");
        using var tail = new NormTail(cpu, check, options, channels, 0, output);
        var positions = x.Shape[0] == 0 || channels == 0 ? 0 : x.Shape.ElementCount / x.Shape[0] / channels;
        for (long batch = 0; batch < x.Shape[0] && positions > 0; batch++)
        {
            var offset = batch * positions * channels;
            One(cpu, x.Floats() + offset, output.Floats() + offset, positions, (int)channels, groups, options.Epsilon, tail, options.Activation);
        }
    }

    private static void One(CpuContext cpu, float* x, float* y, long positions, int channels, int groups, float epsilon, NormTail tail, Activation activation)
    {
        var stretches = (positions + Stretch - 1) / Stretch;
        using var partial = Tensor.Allocate(cpu.Memory, DType.Float32, [stretches, channels]);
        var sums = partial.Floats();
        var middle = new float[channels];
        var factor = new float[channels];
        cpu.Team.Run(stretches, (s, _) => Distances(x, s, positions, channels, middle, squared: false, sums + (s * channels)));
        Join(sums, stretches, channels, groups, (group, sum) => Fill(middle, group, channels / groups, (float)(sum / positions / (channels / groups))));
        cpu.Team.Run(stretches, (s, _) => Distances(x, s, positions, channels, middle, squared: true, sums + (s * channels)));
        Join(sums, stretches, channels, groups, (group, sum) =>
            Fill(factor, group, channels / groups, (float)(1 / Math.Sqrt((sum / positions / (channels / groups)) + epsilon))));
        cpu.Team.Run(stretches, (s, _) => Apply(x, y, s, positions, channels, middle, factor, tail, activation));
    }

    private static void Fill(float[] perChannel, int group, int size, float value) => perChannel.AsSpan(group * size, size).Fill(value);

    private static void Join(float* sums, long stretches, int channels, int groups, Action<int, double> use)
    {
        var size = channels / groups;
        for (var group = 0; group < groups; group++)
        {
            var sum = 0.0;
            for (long s = 0; s < stretches; s++)
            {
                for (var c = 0; c < size; c++)
                    sum += sums[(s * channels) + (group * size) + c];
            }

            use(group, sum);
        }
    }

    private static void Distances(float* x, long stretch, long positions, int channels, float[] middle, bool squared, float* sums)
    {
        new Span<float>(sums, channels).Clear();
        fixed (float* m = middle)
        {
            for (var p = stretch * Stretch; p < Math.Min(positions, (stretch + 1) * Stretch); p++)
            {
                var row = x + (p * channels);
                for (var c = 0; c < channels; c += S.Lanes)
                {
                    var count = Math.Min(S.Lanes, channels - c);
                    var d = S.Subtract(S.LoadPart(row + c, count), S.LoadPart(m + c, count));
                    S.StorePart(sums + c, S.Add(S.LoadPart(sums + c, count), squared ? S.Multiply(d, d) : d), count);
                }
            }
        }
    }

    private static void Apply(float* x, float* y, long stretch, long positions, int channels, float[] middle, float[] factor, NormTail tail, Activation activation)
    {
        tail.Lines(0, out var gain, out var shift);
        fixed (float* m = middle, f = factor)
        {
            for (var p = stretch * Stretch; p < Math.Min(positions, (stretch + 1) * Stretch); p++)
            {
                for (var c = 0; c < channels; c += S.Lanes)
                {
                    var count = Math.Min(S.Lanes, channels - c);
                    var n = S.Multiply(S.Subtract(S.LoadPart(x + (p * channels) + c, count), S.LoadPart(m + c, count)), S.LoadPart(f + c, count));
                    if (gain != null)
                        n = S.MultiplyAdd(n, S.LoadPart(gain + c, count), S.LoadPart(shift + c, count));
                    S.StorePart(y + (p * channels) + c, VectorMath<S, V>.Activate(activation, n), count);
                }
            }
        }
    }
}
