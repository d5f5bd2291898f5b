using System.Runtime.InteropServices;
using System.Text;

namespace Kinora.Jobs.Blobs.Local;

/// <summary>
/// Makes a rename durable: on Linux a new name survives a power cut only once its directory is flushed, which .NET has no call for.
/// A file system that cannot flush directories says so, and is left to its own promises.
/// </summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    internal static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        int descriptor = Open(Encoding.UTF8.GetBytes(directory + "\0"), ReadOnly);
        if (descriptor < 0)
            return;

        _ = Synchronise(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Synchronise(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
