namespace Kinora.Jobs.Blobs.Local;

/// <summary>A directory out of which no name leads: not by <c>..</c>, not by an absolute path, not by a symbolic link inside it.</summary>
internal sealed class ContainedDirectory
{
    private readonly string _root;

    internal ContainedDirectory(string root) => _root = Directory.CreateDirectory(root).FullName;

    /// <summary>The full path of a name with <c>/</c> between its parts.</summary>
    /// <exception cref="LeadsOutException">It would lead out.</exception>
    internal string Resolve(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new LeadsOutException("A name must not contain NUL.");

        string path = Path.GetFullPath(Path.Combine(_root, name));
        if (!path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new LeadsOutException("The name leads out of its directory.");
        for (string? part = path; part != _root; part = Path.GetDirectoryName(part)!)
            RefuseLink(part);
        return path;
    }

    /// <summary>Deletes a file, and its folder if that is empty now.</summary>
    internal void Delete(string name)
    {
        string path = Resolve(name);
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            return;

        File.Delete(path);
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (IOException)
        {
            // Another blob lives there.
        }
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new LeadsOutException("The name leads through a symbolic link.");
    }
}
