using System.Runtime.CompilerServices;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// What follows a normalisation: (n·weight + bias)·(1 + scale) + shift, folded into n·gain + shift, with one line of gain and shift per modulation
/// group.
/// </summary>
internal sealed unsafe class NormTail : IDisposable
{
    private readonly Tensor? _lines;
    private readonly int* _groups;
    private readonly long _size;

    /// <summary>Checks the operands and folds them.</summary>
    public NormTail(CpuContext cpu, OpCheck check, NormOptions options, long size, long rows, Tensor output)
    {
        _size = size;
        check.Defined("activation", options.Activation);
        var weight = Vector(check, "weight", options.Weight, size, output);
        var bias = Vector(check, "bias", options.Bias, size, output);
        nint scale = 0, shift = 0;
        var count = 1L;
        if (options.Modulation is { } modulation)
        {
            (scale, var numbers) = RowGroups.Check(check, "scale", modulation.Scale, modulation.Groups, size, rows, output);
            (shift, _) = RowGroups.Check(check, "shift", modulation.Shift, modulation.Groups, size, rows, output);
            check.Shape("shift", modulation.Shift, modulation.Scale.Shape);
            _groups = (int*)numbers;
            count = _groups == null ? 1 : modulation.Scale.Shape[0];
        }

        if (weight == null && bias == null && scale == 0)
            return;
        _lines = Tensor.Allocate(cpu.Memory, DType.Float32, [count, 2, size]);
        for (long line = 0; line < count; line++)
        {
            var target = _lines.Floats() + (line * 2 * size);
            var (start, none) = (line * size * sizeof(float), scale == 0);
            Fold(weight, bias, none ? null : (float*)(scale + start), none ? null : (float*)(shift + start), target, size);
        }
    }

    /// <summary>The gain and shift of a row; null if nothing follows.</summary>
    public void Lines(long row, out float* gain, out float* shift)
    {
        gain = _lines is null ? null : _lines.Floats() + ((_groups == null ? 0 : _groups[row]) * 2 * _size);
        shift = gain == null ? null : gain + _size;
    }

    public void Dispose() => _lines?.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fold(float* weight, float* bias, float* scale, float* shift, float* target, long size)
    {
        for (long i = 0; i < size; i++)
        {
            var factor = scale == null ? 1 : 1 + scale[i];
            target[i] = weight == null ? factor : weight[i] * factor;
            target[size + i] = (bias == null ? 0 : bias[i] * factor) + (shift == null ? 0 : shift[i]);
        }
    }

    private static float* Vector(OpCheck check, string name, Tensor? tensor, long size, Tensor output)
    {
        if (check.Optional(name, tensor) is not { } vector)
            return null;
        check.Shape(name, vector, [size]);
        check.DenseRows(name, vector);
        check.Apart("output", output, name, vector);
        return vector.Floats();
    }
}
