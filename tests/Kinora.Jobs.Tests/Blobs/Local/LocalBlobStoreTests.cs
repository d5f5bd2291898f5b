using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;

namespace Kinora.Jobs.Tests.Blobs.Local;

public sealed class LocalBlobStoreTests : BlobStoreConformance
{
    private readonly ScratchFolder _folder = new();
    private readonly SettableClock _clock = new();
    private readonly LocalBlobStore _store;

    public LocalBlobStoreTests() => _store = new LocalBlobStore(_folder.File("blobs"), _clock);

    private protected override IBlobStore Store => _store;

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
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
    public void What_a_crash_left_behind_is_swept_when_it_is_old()
    {
        string leftOver = _folder.File("blobs/temporary/left-over");
        File.WriteAllText(leftOver, "half");
        File.SetLastWriteTimeUtc(leftOver, _clock.GetUtcNow().UtcDateTime);

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, _store.SweepTemporaryFiles(TimeSpan.FromHours(1)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _store.SweepTemporaryFiles(TimeSpan.FromHours(1)));
        Assert.False(File.Exists(leftOver));
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
