namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The matrix of one batch entry and head: its first element and the strides of its two axes, in elements.</summary>
internal sealed unsafe class AttentionRows(Tensor tensor, long batch, long head)
{
    private readonly float* _first = tensor.Floats() + (batch * tensor.Layout.Stride(0)) + (head * tensor.Layout.Stride(1));

    public nint Step { get; } = (nint)tensor.Layout.Stride(2);

    public nint ColumnStep { get; } = (nint)tensor.Layout.Stride(3);

    public float* Row(long row) => _first + (row * Step);
}
