using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Kinora.Jobs.Blobs.Local;

/// <summary>
/// Blobs as files under one directory: <c>files/{name}</c>, and <c>types/{name}</c> with the content type (a side file keeps any type and works on
/// every file system; it is written first, so a blob that can be seen has its type). New files grow in <c>temporary/</c> and are renamed into place.
/// </summary>
public sealed partial class LocalBlobStore : IBlobStore
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int LongestFileName = 100;

    private readonly ContainedDirectory _files;
    private readonly ContainedDirectory _types;
    private readonly string _temporary;
    private readonly TimeProvider _time;

    /// <param name="directory">Is created if missing. Nobody else should write in it.</param>
    /// <param name="time">The clock that says how old a left-over temporary file is.</param>
    public LocalBlobStore(string directory, TimeProvider time)
    {
        string root = Path.GetFullPath(directory);
        _files = new ContainedDirectory(Path.Combine(root, "files"));
        _types = new ContainedDirectory(Path.Combine(root, "types"));
        _temporary = Directory.CreateDirectory(Path.Combine(root, "temporary")).FullName;
        _time = time;
    }

    /// <inheritdoc/>
    public string CreateName(string fileName)
    {
        string folder = RandomNumberGenerator.GetHexString(8, lowercase: true);
        string random = RandomNumberGenerator.GetString(Alphabet, 21);
        return $"b/{folder}/{random}_{ToSafeFileName(fileName)}";
    }

    /// <inheritdoc/>
    public async Task PutFileAsync(string name, string localPath, string contentType, CancellationToken cancellationToken)
    {
        if (!IsName(name))
            throw new ArgumentException("A blob's name must come from CreateName.", nameof(name));

        await using var content = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        using var type = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(contentType));
        await PublishAsync(type, _types.Resolve(name), cancellationToken);
        await PublishAsync(content, _files.Resolve(name), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BlobContent?> TryOpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!IsName(name))
            return null;

        try
        {
            string contentType = await File.ReadAllTextAsync(_types.Resolve(name), cancellationToken);
            string path = _files.Resolve(name);
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
            return new BlobContent(stream, stream.Length, contentType, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or LeadsOutException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (IsName(name))
        {
            _files.Delete(name);
            _types.Delete(name);
        }

        return Task.CompletedTask;
    }

    /// <summary>Deletes temporary files that a crash left behind.</summary>
    /// <param name="olderThan">How long ago their last byte was written: longer than any copy takes.</param>
    /// <returns>How many there were.</returns>
    public int SweepTemporaryFiles(TimeSpan olderThan)
    {
        var newest = (_time.GetUtcNow() - olderThan).UtcDateTime;
        var old = Directory.EnumerateFiles(_temporary).Where(path => File.GetLastWriteTimeUtc(path) <= newest).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    private async Task PublishAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        string temporary = Path.Combine(_temporary, RandomNumberGenerator.GetHexString(32, lowercase: true));
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
            {
                await content.CopyToAsync(file, 1 << 18, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string ToSafeFileName(string fileName)
    {
        string last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        string safe = UnsafeLetters().Replace(last, "_").Trim('.');
        return safe.Length switch
        {
            0 => "file",
            > LongestFileName => safe[^LongestFileName..].TrimStart('.'),
            _ => safe,
        };
    }

    private static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex(@"[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex UnsafeLetters();

    [GeneratedRegex(@"\Ab/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
