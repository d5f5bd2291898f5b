namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>What follows a normalisation, as addresses: of the whole operand, and by <see cref="Of"/> of one row.</summary>
internal readonly unsafe struct NormTail
{
    private readonly int* groups;
    private readonly long size;

    public NormTail(OpCheck check, NormOptions options, long size, long rows, Tensor output)
    {
        this.size = size;
        Weight = Vector(check, "weight", options.Weight, size, output);
        Bias = Vector(check, "bias", options.Bias, size, output);
        Activation = options.Activation;
        if (options.Modulation is not { } modulation)
            return;
        var (scale, numbers) = RowGroups.Check(check, "scale", modulation.Scale, modulation.Groups, size, rows, output);
        var (shift, _) = RowGroups.Check(check, "shift", modulation.Shift, modulation.Groups, size, rows, output);
        Scale = (float*)scale;
        Shift = (float*)shift;
        groups = (int*)numbers;
        check.Shape("shift", modulation.Shift, modulation.Scale.Shape);
    }

    private NormTail(in NormTail all, long line)
    {
        Weight = all.Weight;
        Bias = all.Bias;
        Activation = all.Activation;
        size = all.size;
        Scale = all.Scale == null ? null : all.Scale + (line * size);
        Shift = all.Scale == null ? null : all.Shift + (line * size);
    }

    public float* Weight { get; }

    public float* Bias { get; }

    public float* Scale { get; }

    public float* Shift { get; }

    public Activation Activation { get; }

    /// <summary>Nothing follows.</summary>
    public bool IsPlain => Scale == null && IsBare;

    /// <summary>Only scale and shift follow.</summary>
    public bool IsModulationOnly => Scale != null && IsBare;

    private bool IsBare => Weight == null && Bias == null && Activation == Activation.None;

    /// <summary>The tail of one row.</summary>
    public NormTail Of(long row) => new(this, groups == null ? 0 : groups[row]);

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
