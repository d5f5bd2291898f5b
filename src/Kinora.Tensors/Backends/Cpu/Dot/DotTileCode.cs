namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>
/// Writes the machine code of the dot tiles: the register tile of <see cref="Kernels.RegisterTile{S, V, W}"/> with a dot product of two bfloat16
/// (vdpbf16ps) or four bytes (vpdpbusd) in the place of every fused multiply-add. .NET has no intrinsics for either with 512-bit vectors.
/// </summary>
/// <remarks>
/// A step loads 32 words of weights (two vectors) and broadcasts one word of A per row. Registers: rdi arguments, rax A, r8 its step, rsi B, rcx steps
/// left in the tap, r9 taps, r10 and r11 what to prefetch; zmm0-27 sums, zmm28-29 weights, zmm30-31 broadcasts. Nothing that a caller expects to be
/// kept is touched, and nothing is written but the tile and the count of taps.
/// </remarks>
internal static class DotTileCode
{
    /// <summary>Rows of the largest tile.</summary>
    public const int MaxRows = 14;

    private const int AheadBytes = 12 * 128;

    /// <summary>Writes the tile for a number of rows and returns where it begins.</summary>
    public static int Write(Assembler code, DotKind kind, int rows)
    {
        code.Align();
        var entry = code.Position;
        code.Load(Register.Rsi, Register.Rdi, Field(nameof(DotCall.B)));
        code.Load(Register.R8, Register.Rdi, Field(nameof(DotCall.AStepBytes)));
        code.Load(Register.R9, Register.Rdi, Field(nameof(DotCall.Taps)));
        code.Load(Register.R10, Register.Rdi, Field(nameof(DotCall.Next)));
        code.Load(Register.R11, Register.Rdi, Field(nameof(DotCall.NextStep)));
        for (var i = 0; i < 2 * rows; i++)
            code.Zero(i);
        var tap = code.Position;
        code.Load(Register.Rax, Register.R9, 0);
        code.ShiftLeft(Register.Rax, 2);
        code.Add(Register.Rax, Register.Rdi, Field(nameof(DotCall.A)));
        code.Add(Register.R9, 8);
        code.Load(Register.Rcx, Register.Rdi, Field(nameof(DotCall.Depth)));
        code.Align();
        var step = code.Position;
        WriteStep(code, kind, rows);
        code.Decrement(Register.Rcx);
        code.JumpBackIfNotZero(step);
        code.Decrement(Register.Rdi, Field(nameof(DotCall.TapCount)));
        code.JumpBackIfNotZero(tap);
        WriteSums(code, kind, rows);
        return entry;
    }

    private static void WriteStep(Assembler code, DotKind kind, int rows)
    {
        code.Load(28, Register.Rsi, 0);
        code.Load(29, Register.Rsi, 64);
        code.Prefetch(2, Register.R10, 0);
        code.Add(Register.R10, Register.R11);
        code.Prefetch(1, Register.Rsi, AheadBytes);
        code.Prefetch(1, Register.Rsi, AheadBytes + 64);
        for (var i = 0; i < rows; i++)
        {
            var x = 30 + (i & 1);
            code.Broadcast(x, Register.Rax, 4 * i);
            Dot(code, kind, 2 * i, x, 28);
            Dot(code, kind, (2 * i) + 1, x, 29);
        }

        code.Add(Register.Rax, Register.R8);
        code.Add(Register.Rsi, 128);
    }

    private static void Dot(Assembler code, DotKind kind, int acc, int a, int b)
    {
        if (kind == DotKind.BFloat16)
            code.DotBFloat16(acc, a, b);
        else
            code.DotInt8(acc, a, b);
    }

    private static void WriteSums(Assembler code, DotKind kind, int rows)
    {
        code.Load(Register.Rdx, Register.Rdi, Field(nameof(DotCall.C)));
        code.Load(Register.Rcx, Register.Rdi, Field(nameof(DotCall.CStepBytes)));
        code.CompareWithZero(Register.Rdi, Field(nameof(DotCall.Accumulate)));
        var overwrite = code.JumpIfZero();
        for (var i = 0; i < 2 * rows; i++)
        {
            if (kind == DotKind.BFloat16)
                code.AddFloats(i, Register.Rdx, 64 * (i & 1));
            else
                code.AddIntegers(i, Register.Rdx, 64 * (i & 1));
            if ((i & 1) != 0)
                code.Add(Register.Rdx, Register.Rcx);
        }

        code.Load(Register.Rdx, Register.Rdi, Field(nameof(DotCall.C)));
        code.Land(overwrite);
        for (var i = 0; i < 2 * rows; i++)
        {
            code.Store(i, Register.Rdx, 64 * (i & 1));
            if ((i & 1) != 0)
                code.Add(Register.Rdx, Register.Rcx);
        }

        code.ZeroUpper();
        code.Return();
    }

    private static int Field(string name) => (int)System.Runtime.InteropServices.Marshal.OffsetOf<DotCall>(name);
}
