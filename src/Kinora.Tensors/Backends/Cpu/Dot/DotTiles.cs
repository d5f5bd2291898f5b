using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>The dot tiles of this process: written and loaded once, when first asked for.</summary>
internal static unsafe class DotTiles
{
    private static readonly nint[] s_entries = Load();

    /// <summary>True if this processor, runtime and system can run the tiles of a kind.</summary>
    public static bool Has(DotKind kind) => s_entries[Index(kind, 1)] != 0;

    /// <summary>Runs the tile for 1 to <see cref="DotTileCode.MaxRows"/> rows.</summary>
    public static void Run(DotKind kind, int rows, ref DotCall call)
    {
        // A tile takes about a microsecond, short enough to keep the garbage collector waiting.
        fixed (DotCall* arguments = &call)
            ((delegate* unmanaged[Cdecl, SuppressGCTransition]<DotCall*, void>)s_entries[Index(kind, rows)])(arguments);
    }

    private static int Index(DotKind kind, int rows) => ((int)kind * DotTileCode.MaxRows) + rows - 1;

    private static nint[] Load()
    {
        var entries = new nint[2 * DotTileCode.MaxRows];
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !Simd512.IsSupported)
            return entries;
        var code = new Assembler();
        foreach (var kind in new[] { DotKind.BFloat16, DotKind.Int8 })
        {
            for (var rows = 1; rows <= DotTileCode.MaxRows && IsKnown(kind); rows++)
                entries[Index(kind, rows)] = DotTileCode.Write(code, kind, rows);
        }

        var address = code.Position == 0 ? null : ExecutableMemory.TryLoad(code.ToArray());
        for (var i = 0; i < entries.Length; i++)
            entries[i] = address == null || !IsKnown((DotKind)(i / DotTileCode.MaxRows)) ? 0 : (nint)address + entries[i];
        return entries;
    }

    // AVX512_BF16: leaf 7, subleaf 1, EAX bit 5. AVX512_VNNI: leaf 7, subleaf 0, ECX bit 11.
    private static bool IsKnown(DotKind kind) => X86Base.CpuId(0, 0).Eax >= 7 && kind switch
    {
        DotKind.BFloat16 => X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0,
        _ => (X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0,
    };
}
