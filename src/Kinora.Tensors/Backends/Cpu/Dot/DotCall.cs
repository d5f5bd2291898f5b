using System.Runtime.InteropServices;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>The arguments of a dot tile, in the order in which <see cref="DotTileCode"/> finds them: eight bytes each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DotCall
{
    /// <summary>Words of A: two bfloat16 or four bytes each.</summary>
    public float* A;

    /// <summary>Bytes from one step of A to the next.</summary>
    public nint AStepBytes;

    /// <summary>A weight panel, 32 words per step.</summary>
    public byte* B;

    /// <summary>The tile's first element.</summary>
    public float* C;

    /// <summary>Bytes from one row of the tile to the next.</summary>
    public nint CStepBytes;

    /// <summary>Steps per tap, at least 1.</summary>
    public nint Depth;

    /// <summary>Offsets into A in words.</summary>
    public nint* Taps;

    /// <summary>Taps, at least 1; used up by the call.</summary>
    public nint TapCount;

    /// <summary>1 to add to the tile, 0 to overwrite it.</summary>
    public nint Accumulate;

    /// <summary>What to bring into the second-level cache on the way.</summary>
    public byte* Next;

    /// <summary>Bytes of it per step.</summary>
    public nint NextStep;
}
