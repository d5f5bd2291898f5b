using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu.Kernels;
using Kinora.Tensors.Random;

namespace Kinora.Tensors.Conformance;

/// <summary>Operands with reproducible numbers, and how far a result is from what it should be.</summary>
internal static class Samples
{
    /// <summary>Normal numbers, always the same for a seed.</summary>
    public static Tensor Normal(TensorScope scope, Shape shape, ulong seed, float scale = 1)
    {
        var values = new float[shape.ElementCount];
        Philox.Normal(seed, 0, 0, values);
        for (var i = 0; i < values.Length; i++)
            values[i] *= scale;
        return scope.From<float>(values, shape);
    }

    /// <summary>Normal numbers in another element type.</summary>
    public static Tensor Normal(IBackend backend, TensorScope scope, Shape shape, ulong seed, DType dtype)
    {
        var result = scope.Empty(shape, dtype);
        backend.Copy(Normal(scope, shape, seed), result);
        return result;
    }

    /// <summary>All elements in order, whatever their type and strides.</summary>
    public static unsafe double[] Values(Tensor tensor)
    {
        var values = new double[tensor.Shape.ElementCount];
        var index = new long[tensor.Shape.Rank];
        for (long i = 0; i < values.Length; i++)
        {
            var (rest, offset) = (i, 0L);
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                (rest, var at) = Math.DivRem(rest, tensor.Shape[axis]);
                offset += at * tensor.Layout.Strides[axis];
            }

            values[i] = ElementConversion.Read(tensor.DType, tensor.Address() + (offset * tensor.DType.SizeInBytes()));
        }

        return values;
    }

    /// <summary>Weights as they are once stored in a format: rounded to bfloat16, or to 127ths of every row's largest.</summary>
    public static double[] Stored(double[] weights, long rows, WeightFormat format)
    {
        var depth = rows == 0 ? 0 : weights.Length / rows;
        var stored = new double[weights.Length];
        for (long row = 0; row < rows; row++)
        {
            var line = weights.AsSpan((int)(row * depth), (int)depth);
            var largest = 0.0;
            foreach (var weight in line)
                largest = Math.Max(largest, Math.Abs(weight));
            for (var k = 0; k < depth; k++)
            {
                stored[(row * depth) + k] = format switch
                {
                    WeightFormat.BFloat16 => ElementConversion.FromBFloat16(ElementConversion.ToBFloat16((float)line[k])),
                    WeightFormat.Int8 => largest == 0 ? 0 : MathF.Round((float)line[k] * (127 / (float)largest)) * (largest / 127),
                    _ => line[k],
                };
            }
        }

        return stored;
    }

    /// <summary>The largest difference, divided by the largest expected number; NaN and infinities must be where they are expected.</summary>
    public static double Error(double[] actual, double[] expected)
    {
        if (actual.Length != expected.Length)
            return double.PositiveInfinity;
        var (difference, largest) = (0.0, 1e-30);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsFinite(expected[i]) || !double.IsFinite(actual[i]))
            {
                if (!actual[i].Equals(expected[i]))
                    return double.PositiveInfinity;
                continue;
            }

            difference = Math.Max(difference, Math.Abs(actual[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference / largest;
    }
}
