using System.Runtime.InteropServices;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>
/// Memory for machine code, never writable and executable at the same time: it is written first and made executable, and unwritable, afterwards.
/// </summary>
internal static unsafe partial class ExecutableMemory
{
    private const int Read = 1, Write = 2, Execute = 4;
    private const int Private = 2, Anonymous = 0x20;

    /// <summary>
    /// Copies code to where it can run, for the rest of the process's life. Null if the system does not allow that (a hardened kernel may not), which
    /// is no error: slower code does the same.
    /// </summary>
    public static byte* TryLoad(ReadOnlySpan<byte> code)
    {
        var address = Map(0, (nuint)code.Length, Read | Write, Private | Anonymous, -1, 0);
        if (address == -1)
            return null;
        code.CopyTo(new Span<byte>((void*)address, code.Length));
        if (Protect(address, (nuint)code.Length, Read | Execute) == 0)
            return (byte*)address;
        _ = Unmap(address, (nuint)code.Length);
        return null;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
