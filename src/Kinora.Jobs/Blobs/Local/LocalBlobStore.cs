using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Kinora.Jobs.Blobs.Local;

/// <summary>
/// Blobs as files under one directory: <c>files/{name}</c>, and <c>types/{name}</c> with the content type (a side file keeps any type and works on
/// every file system; it is written first, so a blob that can be seen has its type). New files grow in <c>temporary/</c> and are renamed into place.
/// </summary>
public sealed class LocalBlobStore : IBlobStore
{
    private readonly ContainedDirectory _files;
    private readonly ContainedDirectory _types;
    private readonly string _root;
    private readonly string _temporary;

    /// <param name="directory">Is created if missing. Nobody else should write in it.</param>
    public LocalBlobStore(string directory)
    {
        _root = Path.GetFullPath(directory);
        _files = new ContainedDirectory(Path.Combine(_root, "files"));
        _types = new ContainedDirectory(Path.Combine(_root, "types"));
        _temporary = Directory.CreateDirectory(Path.Combine(_root, "temporary")).FullName;
    }

    /// <inheritdoc/>
    public string CreateName(string fileName) => BlobName.Create(fileName);

    /// <inheritdoc/>
    public async Task PutFileAsync(string name, string localPath, string contentType, CancellationToken cancellationToken)
    {
        BlobName.Require(name);
        await using var content = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        using var type = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(contentType));
        await PublishAsync(type, _types.Resolve(name), cancellationToken);
        await PublishAsync(content, _files.Resolve(name), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BlobContent?> TryOpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!BlobName.IsValid(name))
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
        if (BlobName.IsValid(name))
        {
            _files.Delete(name);
            _types.Delete(name);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Uri? TryCreateReadUrl(string name, TimeSpan lifetime) => null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredBlob> ListAsync(DateTimeOffset storedBy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string root = Path.Combine(_root, "files");
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (file is { Exists: true, LinkTarget: null } && file.LastWriteTimeUtc <= storedBy.UtcDateTime && BlobName.IsValid(name))
                yield return new StoredBlob(name, file.Length, file.LastWriteTimeUtc);
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> DeleteUnfinishedAsync(DateTimeOffset begunBy, CancellationToken cancellationToken)
    {
        var old = Directory.EnumerateFiles(_temporary).Where(path => File.GetLastWriteTimeUtc(path) <= begunBy.UtcDateTime).ToList();
        old.ForEach(File.Delete);
        return Task.FromResult(old.Count);
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        string probe = Path.Combine(_temporary, RandomNumberGenerator.GetHexString(32, lowercase: true));
        try
        {
            await File.WriteAllBytesAsync(probe, new byte[1], cancellationToken);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException($"{_temporary} cannot be written: {refused.Message}", refused);
        }
        finally
        {
            if (Directory.Exists(_temporary))
                File.Delete(probe);
        }
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
}
