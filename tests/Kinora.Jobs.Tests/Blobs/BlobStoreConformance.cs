using System.Text.RegularExpressions;
using Kinora.Jobs.Blobs;

namespace Kinora.Jobs.Tests.Blobs;

/// <summary>What every <see cref="IBlobStore"/> promises. Inherit it for each kind of storage.</summary>
public abstract class BlobStoreConformance : IDisposable
{
    private readonly ScratchFolder _sources = new();

    private protected abstract IBlobStore Store { get; }

    public virtual void Dispose()
    {
        _sources.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_stored_blob_is_read_back_with_its_type_from_any_position()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2, 3, 4, 5], "video/mp4");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.NotNull(content);
        Assert.Equal((5, "video/mp4"), (content.LengthBytes, content.ContentType));
        Assert.InRange(content.LastModified, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        content.Stream.Position = 3;
        Assert.Equal((4, 5, -1), (content.Stream.ReadByte(), content.Stream.ReadByte(), content.Stream.ReadByte()));
    }

    [Fact]
    public async Task An_empty_blob_and_an_odd_type_are_kept()
    {
        string name = Store.CreateName("x");
        await PutAsync(name, [], "application/x-odd; charset=utf-8");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.Equal((0, "application/x-odd; charset=utf-8"), (content!.LengthBytes, content.ContentType));
    }

    [Fact]
    public async Task A_blob_that_is_stored_again_is_replaced()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2, 3], "video/mp4");
        await PutAsync(name, [9], "text/plain");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.Equal((1, "text/plain", 9), (content!.LengthBytes, content.ContentType, content.Stream.ReadByte()));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_deleting_it_again_is_no_error()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1], "video/mp4");

        await Store.DeleteAsync(name, default);
        await Store.DeleteAsync(name, default);

        Assert.Null(await Store.TryOpenAsync(name, default));
    }

    [Fact]
    public async Task A_blob_that_is_being_read_can_be_deleted()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2], "video/mp4");
        await using var content = await Store.TryOpenAsync(name, default);

        await Store.DeleteAsync(name, default);

        Assert.Equal(1, content!.Stream.ReadByte());
    }

    [Fact]
    public async Task A_blob_whose_source_is_missing_is_not_stored()
    {
        string name = Store.CreateName("clip.mp4");

        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.PutFileAsync(name, _sources.File("missing"), "video/mp4", default));

        Assert.Null(await Store.TryOpenAsync(name, default));
    }

    [Theory]
    [InlineData("clip.mp4", "_clip.mp4")]
    [InlineData("../../etc/passwd", "_passwd")]
    [InlineData(@"..\..\boot.ini", "_boot.ini")]
    [InlineData("a b\0ü?.png", "_a_b___.png")]
    [InlineData("..", "_file")]
    [InlineData("", "_file")]
    [InlineData(".hidden", "_hidden")]
    public async Task Names_keep_what_is_harmless_of_the_file_name(string fileName, string end)
    {
        string name = Store.CreateName(fileName);

        Assert.EndsWith(end, name, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"\A[A-Za-z0-9/._-]+\z"), name);
        await PutAsync(name, [1], "image/png");
        await using var content = await Store.TryOpenAsync(name, default);
        Assert.NotNull(content);
    }

    [Fact]
    public async Task A_file_name_of_any_length_makes_a_name_that_can_be_stored()
    {
        string name = Store.CreateName(new string('a', 5_000) + ".mp4");

        Assert.EndsWith("a.mp4", name, StringComparison.Ordinal);
        await PutAsync(name, [1], "video/mp4");
    }

    [Fact]
    public void No_two_names_are_alike_and_the_random_part_is_long()
    {
        var names = Enumerable.Range(0, 1_000).Select(_ => Store.CreateName("a.mp4")).ToHashSet();

        Assert.Equal(1_000, names.Count);
        // 8 hexadecimal digits and 21 of 64 letters: 158 bits.
        Assert.All(names, name => Assert.Matches(@"\Ab/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_a\.mp4\z", name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("clip.mp4")]
    [InlineData("/etc/passwd")]
    [InlineData("b/00000000/../../../../etc/passwd")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_../x")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_..")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_a\0.mp4")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_a.mp4\n")]
    [InlineData("B/00000000/aaaaaaaaaaaaaaaaaaaaa_a.mp4")]
    [InlineData(@"b\00000000\aaaaaaaaaaaaaaaaaaaaa_a.mp4")]
    public async Task A_name_that_it_did_not_make_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(name, [1], "video/mp4"));
        Assert.Null(await Store.TryOpenAsync(name, default));
        await Store.DeleteAsync(name, default);
    }

    private protected async Task PutAsync(string name, byte[] content, string contentType)
    {
        string path = _sources.File("source");
        await File.WriteAllBytesAsync(path, content);
        await Store.PutFileAsync(name, path, contentType, default);
    }
}
