namespace Kinora.Media.Ffmpeg;

/// <summary>Finds programs as a shell would, so that children can be started by their full path with an empty environment.</summary>
internal static class ProgramPath
{
    /// <summary>The full path of an executable file on PATH, or of <paramref name="name"/> itself if it is a path; null if there is none.</summary>
    public static string? Find(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return IsExecutable(name) ? Path.GetFullPath(name) : null;
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & execute) != 0);
    }
}
