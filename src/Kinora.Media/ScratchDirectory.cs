namespace Kinora.Media;

/// <summary>A directory of its own for one piece of work: an unguessable name, readable by this user only, gone with everything in it when disposed.</summary>
public sealed class ScratchDirectory : IDisposable
{
    private const string Prefix = "kinora-";

    private ScratchDirectory(string path) => FullPath = path;

    /// <summary>The absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Creates a directory.</summary>
    /// <param name="parent">Where; the system's temporary directory if null. It is created if missing.</param>
    public static ScratchDirectory Create(string? parent = null)
    {
        var path = Path.Combine(Path.GetFullPath(parent ?? Path.GetTempPath()), Prefix + Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ScratchDirectory(path);
    }

    /// <summary>Deletes the directories that killed processes left in the system's temporary directory.</summary>
    /// <param name="before">Only those in which nothing was made since; give living work its time.</param>
    /// <returns>How many are gone.</returns>
    public static int DeleteStale(DateTimeOffset before)
    {
        var stale = Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*")
            .Where(path => Guid.TryParseExact(Path.GetFileName(path)[Prefix.Length..], "N", out _) && Directory.GetLastWriteTimeUtc(path) < before.UtcDateTime)
            .ToList();
        foreach (var path in stale)
            new ScratchDirectory(path).Dispose();
        return stale.Count(path => !Directory.Exists(path));
    }

    /// <summary>The path of a file in the directory.</summary>
    /// <param name="name">A plain file name made by this program, never by a client.</param>
    /// <exception cref="ArgumentException">The name has a directory part.</exception>
    public string PathOf(string name)
    {
        if (string.IsNullOrEmpty(name) || Path.GetFileName(name) != name || name is "." or "..")
            throw new ArgumentException($"Expected a plain file name, got \"{name}\".", nameof(name));
        return Path.Combine(FullPath, name);
    }

    /// <summary>Deletes the directory with everything in it. What cannot be deleted stays for the system's cleaning of temporary files.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone else cleaned up already.
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
