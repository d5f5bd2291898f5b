namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The innermost loop of a product for one way of storing its operands.</summary>
internal unsafe interface ITile
{
    /// <summary>Bytes of a step of a weight panel.</summary>
    static abstract int RowBytes { get; }

    /// <summary>How many k a step takes.</summary>
    static abstract int Together { get; }

    /// <summary>
    /// C (+)= A · B for <paramref name="rows"/> rows and 32 columns over a depth block, asking for the memory from <paramref name="next"/> on,
    /// <paramref name="nextStep"/> bytes per step.
    /// </summary>
    /// <param name="rows">1 to the tile's height.</param>
    /// <param name="a">Four-byte elements, <paramref name="aStep"/> of them from step to step.</param>
    /// <param name="aStep">See <paramref name="a"/>.</param>
    /// <param name="b">A weight panel.</param>
    /// <param name="c">Four-byte sums, <paramref name="cStep"/> of them from row to row.</param>
    /// <param name="cStep">See <paramref name="c"/>.</param>
    /// <param name="block">Steps and taps.</param>
    /// <param name="accumulate">False to overwrite C.</param>
    /// <param name="next">See above.</param>
    /// <param name="nextStep">See above.</param>
    static abstract void Multiply(
        int rows, float* a, nint aStep, byte* b, float* c, nint cStep, in DepthBlock block, bool accumulate, byte* next, nint nextStep);
}
