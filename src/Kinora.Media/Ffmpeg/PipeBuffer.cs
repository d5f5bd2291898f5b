using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Kinora.Media.Ffmpeg;

/// <summary>
/// Enlarges the kernel's buffer of a pipe on Linux (fcntl(2), F_SETPIPE_SZ): a 1280x720 frame then takes two writes instead of 21.
/// Where it is not possible the pipe stays as it is.
/// </summary>
internal static partial class PipeBuffer
{
    private const int SetPipeSize = 1031;

    /// <summary>What an unprivileged process may have by default (/proc/sys/fs/pipe-max-size).</summary>
    private const int Bytes = 1 << 20;

    public static void Enlarge(Stream pipe)
    {
        if (OperatingSystem.IsLinux() && pipe is PipeStream { SafePipeHandle: var handle })
            _ = SetSize(handle, SetPipeSize, Bytes);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetSize(SafeHandle handle, int command, int bytes);
}
