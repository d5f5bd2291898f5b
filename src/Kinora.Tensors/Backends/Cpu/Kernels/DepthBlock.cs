namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// A stretch of the summation index that is worked on at a time: <c>TapCount</c> taps of <c>Depth</c> numbers each, from <c>Start</c> on.
/// </summary>
internal readonly unsafe struct DepthBlock(long start, int depth, int tapCount, nint* taps)
{
    /// <summary>First row in a weight panel.</summary>
    public long Start => start;

    /// <summary>Rows per tap.</summary>
    public int Depth => depth;

    public int TapCount => tapCount;

    /// <summary>Offsets into the left operand, one per tap.</summary>
    public nint* Taps => taps;

    /// <summary>Rows in a weight panel.</summary>
    public int Length => depth * tapCount;
}
