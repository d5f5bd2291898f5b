using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;

namespace Kinora.Jobs.Tests.Blobs.Local;

public sealed class LocalBlobStoreTests : BlobStoreConformance
{
    private readonly ScratchFolder _folder = new();
    private readonly LocalBlobStore _store;

    public LocalBlobStoreTests() => _store = new LocalBlobStore(_folder.File("blobs"));

    private protected override IBlobStore Store => _store;

    private protected override Task BeginAndVanishAsync(string name) =>
        File.WriteAllTextAsync(_folder.File("blobs/temporary/" + Guid.NewGuid()), "half");

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_temporary_stays_behind()
    {
        await PutAsync(_store.CreateName("a.mp4"), [1, 2], "video/mp4");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.PutFileAsync(_store.CreateName("a"), Source(), "video/mp4", cancelled.Token));

        Assert.Empty(Directory.GetFiles(_folder.File("blobs/temporary")));
    }

    [Fact]
    public async Task A_deleted_blob_leaves_no_file_and_no_folder()
    {
        string name = _store.CreateName("a.mp4");
        await PutAsync(name, [1], "video/mp4");
        await _store.DeleteAsync(name, default);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("blobs/files/b")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("blobs/types/b")));
    }

    [Fact]
    public async Task A_symbolic_link_inside_is_not_followed()
    {
        string secret = _folder.File("secret");
        await File.WriteAllTextAsync(secret, "secret");
        string name = _store.CreateName("a.mp4");
        await PutAsync(name, [1], "video/mp4");
        string path = _folder.File("blobs/files/" + name);
        File.Delete(path);
        File.CreateSymbolicLink(path, secret);

        Assert.Null(await _store.TryOpenAsync(name, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => PutAsync(name, [2], "video/mp4"));
        Assert.Equal("secret", await File.ReadAllTextAsync(secret));
    }

    [Fact]
    public async Task A_store_whose_directory_cannot_be_written_says_so()
    {
        Directory.Delete(_folder.File("blobs/temporary"));
        await Assert.ThrowsAnyAsync<IOException>(() => _store.CheckAsync(default));

        Directory.CreateDirectory(_folder.File("blobs/temporary"));
        await _store.CheckAsync(default);
        Assert.Empty(Directory.GetFiles(_folder.File("blobs/temporary")));
    }

    [Fact]
    public async Task Foreign_files_in_its_directory_are_not_listed()
    {
        await File.WriteAllTextAsync(_folder.File("blobs/files/notes.txt"), "mine");
        File.CreateSymbolicLink(_folder.File("blobs/files/link"), _folder.Path);

        Assert.Empty(await _store.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void A_contained_directory_lets_no_name_out(string name)
    {
        var directory = new ContainedDirectory(_folder.File("contained"));

        Assert.ThrowsAny<ArgumentException>(() => directory.Resolve(name));
    }

    private string Source()
    {
        string path = _folder.File("source");
        File.WriteAllText(path, "source");
        return path;
    }
}
