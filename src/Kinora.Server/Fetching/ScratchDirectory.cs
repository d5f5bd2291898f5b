using System.Security.Cryptography;

namespace Kinora.Server.Fetching;

/// <summary>A directory for the files of one job. It is deleted, with everything in it, when it is disposed.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private ScratchDirectory(string path) => Path = path;

    /// <summary>Absolute path of the directory.</summary>
    public string Path { get; }

    /// <summary>Creates a new directory that only this user may read.</summary>
    /// <param name="parent">Where to create it; made if it is missing. Null for the system's directory for temporary files.</param>
    /// <exception cref="IOException">The parent cannot be written to.</exception>
    public static ScratchDirectory Create(string? parent = null)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath()), "kinora-" + RandomName());
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ScratchDirectory(path);
    }

    /// <summary>A path in this directory that no file has yet. Its name is random: nothing a caller said ever becomes part of a path.</summary>
    public string CreatePath() => System.IO.Path.Combine(Path, RandomName());

    /// <summary>Deletes the directory and what is in it. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static string RandomName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
