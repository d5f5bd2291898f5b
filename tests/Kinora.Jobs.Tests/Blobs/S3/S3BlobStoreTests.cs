using Amazon.S3.Model;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.S3;

namespace Kinora.Jobs.Tests.Blobs.S3;

public sealed class S3BlobStoreTests(S3Server server) : BlobStoreConformance
{
    private S3Options _options = null!;
    private S3BlobStore _store = null!;

    private protected override IBlobStore Store => _store;

    public override async ValueTask InitializeAsync()
    {
        _options = await server.CreateBucketAsync();
        _store = new S3BlobStore(_options, TimeProvider.System);
    }

    public override ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return base.DisposeAsync();
    }

    private protected override async Task BeginAndVanishAsync(string name)
    {
        using var client = S3Connection.Open(_options);
        await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = _options.Bucket, Key = name });
    }

    [Fact]
    public async Task A_signed_url_is_read_by_whoever_has_it_and_no_other()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2, 3, 4], "video/mp4");
        using var http = new HttpClient();
        var url = Store.TryCreateReadUrl(name, TimeSpan.FromMinutes(5))!;

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(1, 2) } };
        using var answer = await http.SendAsync(request);

        Assert.Equal([2, 3], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", answer.Content.Headers.ContentType!.ToString());
        using var unsigned = await http.GetAsync(new Uri(url.GetLeftPart(UriPartial.Path)));
        Assert.False(unsigned.IsSuccessStatusCode);
        using var expired = await http.GetAsync(Store.TryCreateReadUrl(name, TimeSpan.FromHours(-1)));
        Assert.False(expired.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Foreign_objects_in_the_bucket_are_neither_listed_nor_touched()
    {
        using var client = S3Connection.Open(_options);
        foreach (string key in (string[])["notes.txt", "b/notes.txt", "b/00000000/short"])
            await client.PutObjectAsync(new PutObjectRequest { BucketName = _options.Bucket, Key = key, ContentBody = "mine", UseChunkEncoding = false });

        Assert.Empty(await Store.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
        Assert.Null(await Store.TryOpenAsync("notes.txt", default));
    }

    [Fact]
    public async Task Listings_of_many_pages_are_whole()
    {
        for (int i = 0; i < 7; i++)
        {
            await PutAsync(Store.CreateName("a"), [1], "text/plain");
            await BeginAndVanishAsync(Store.CreateName("a"));
        }

        using var store = new S3BlobStore(_options, TimeProvider.System) { PageSize = 3 };

        Assert.Equal(7, await store.ListAsync(DateTimeOffset.MaxValue, default).Select(blob => blob.Name).Distinct().CountAsync());
        Assert.Equal(7, await store.DeleteUnfinishedAsync(DateTimeOffset.MaxValue, default));
    }
}
