using System.Diagnostics;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.S3;

namespace Kinora.Jobs.Tests.Blobs.S3;

/// <summary>The network and the storage misbehave between the store and a real server.</summary>
public sealed class S3FaultTests(S3Server server) : IAsyncLifetime
{
    private const int LargeBytes = (11 << 20) + 5;

    private readonly ScratchFolder _folder = new();
    private FaultProxy _proxy = null!;
    private S3Options _options = null!;
    private S3BlobStore _store = null!;
    private S3BlobStore _direct = null!;

    public async ValueTask InitializeAsync()
    {
        var options = await server.CreateBucketAsync();
        _proxy = new FaultProxy(options.Endpoint!);
        _direct = new S3BlobStore(options, TimeProvider.System);
        _options = options with { Endpoint = _proxy.Address, Timeout = TimeSpan.FromSeconds(3), Retries = 3 };
        _store = new S3BlobStore(_options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        _direct?.Dispose();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string> Passing => ["drop", "hang", "503 SlowDown", "500 InternalError", "502 BadGateway", "lose"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_fault_that_passes_is_not_noticed_by_a_put(string fault)
    {
        string name = _store.CreateName("clip.mp4");
        string source = await SourceAsync(LargeBytes);
        _proxy.Judge = OncePerRequest(head => head.StartsWith("PUT", StringComparison.Ordinal) || head.Contains("?uploadId", StringComparison.Ordinal) ? Parse(fault) : null);

        await _store.PutFileAsync(name, source, "video/mp4", default);

        Assert.True(_proxy.Requests.Count > 5);
        await AssertStoredAsync(name, source);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("500 InternalError")]
    [InlineData("503 SlowDown")]
    [InlineData("lose")]
    public async Task A_fault_that_passes_is_not_noticed_by_small_requests(string fault)
    {
        string name = _store.CreateName("a.png");
        string source = await SourceAsync(1_000);
        _proxy.Judge = OncePerRequest(_ => Parse(fault));

        await _store.PutFileAsync(name, source, "image/png", default);
        await using (var content = await _store.TryOpenAsync(name, default))
            Assert.Equal(1_000, content!.LengthBytes);
        Assert.Single(await _store.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
        await _store.DeleteAsync(name, default);

        Assert.Null(await _direct.TryOpenAsync(name, default));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public async Task A_read_whose_connections_break_goes_on_where_they_broke(int after)
    {
        string name = _direct.CreateName("clip.mp4");
        string source = await SourceAsync(LargeBytes);
        await _direct.PutFileAsync(name, source, "video/mp4", default);
        int cuts = 0;
        _proxy.Judge = _ => Interlocked.Increment(ref cuts) % 2 == 1 ? new ProxyFault.CutAnswerAfter(after) : null;

        await using var content = await _store.TryOpenAsync(name, default);
        using var copy = new MemoryStream();
        await content!.Stream.CopyToAsync(copy);

        Assert.True((await File.ReadAllBytesAsync(source)).AsSpan().SequenceEqual(copy.ToArray()));
        Assert.True(cuts >= 4);
    }

    [Fact]
    public async Task A_read_that_stands_still_goes_on_over_another_connection()
    {
        string name = _direct.CreateName("clip.mp4");
        string source = await SourceAsync(LargeBytes);
        await _direct.PutFileAsync(name, source, "video/mp4", default);
        int requests = 0;
        _proxy.Judge = _ => Interlocked.Increment(ref requests) == 2 ? new ProxyFault.StallAnswerAfter(1_000_000) : null;

        await using var content = await _store.TryOpenAsync(name, default);
        using var copy = new MemoryStream();
        await content!.Stream.CopyToAsync(copy);

        Assert.Equal(LargeBytes, copy.Length);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("503 SlowDown")]
    public async Task An_outage_is_told_as_one_after_the_retries(string fault)
    {
        _proxy.Judge = _ => Parse(fault);
        string source = await SourceAsync(10);
        using var store = new S3BlobStore(_options with { Retries = 1 }, TimeProvider.System);

        var told = await Assert.ThrowsAsync<BlobStoreException>(() => store.PutFileAsync(store.CreateName("a"), source, "text/plain", default));

        Assert.True(told.CanRetry);
        // The HTTP client repeats reset connections on its own besides.
        Assert.InRange(_proxy.Requests.Count, 2, fault == "drop" ? 100 : 2);
        Assert.True((await Assert.ThrowsAsync<BlobStoreException>(() => store.CheckAsync(default))).CanRetry);
        Assert.True((await Assert.ThrowsAsync<BlobStoreException>(() => store.TryOpenAsync(store.CreateName("a"), default))).CanRetry);
        _proxy.Judge = _ => null;
        await store.CheckAsync(default);
    }

    [Theory]
    [InlineData("403 AccessDenied")]
    [InlineData("404 NoSuchBucket")]
    [InlineData("400 InvalidArgument")]
    [InlineData("501 NotImplemented")]
    public async Task What_no_retry_can_mend_is_told_at_once(string fault)
    {
        _proxy.Judge = _ => Parse(fault);
        string source = await SourceAsync(10);

        var told = await Assert.ThrowsAsync<BlobStoreException>(() => _store.PutFileAsync(_store.CreateName("a"), source, "text/plain", default));

        Assert.False(told.CanRetry);
        Assert.Contains(fault, told.Message, StringComparison.Ordinal);
        Assert.Single(_proxy.Requests);
        await Assert.ThrowsAsync<BlobStoreException>(() => _store.TryOpenAsync(_store.CreateName("a"), default));
        await Assert.ThrowsAsync<BlobStoreException>(() => _store.DeleteAsync(_store.CreateName("a"), default));
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_however_deaf_the_server_is()
    {
        _proxy.Judge = _ => new ProxyFault.Hang();
        string source = await SourceAsync(10);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.PutFileAsync(_store.CreateName("a"), source, "text/plain", cancelled.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_put_that_fails_in_its_middle_leaves_no_part_behind()
    {
        string source = await SourceAsync(LargeBytes);
        _proxy.Judge = head => head.Contains("partNumber=2", StringComparison.Ordinal) ? new ProxyFault.Answer(403, "AccessDenied") : null;

        await Assert.ThrowsAsync<BlobStoreException>(() => _store.PutFileAsync(_store.CreateName("a"), source, "video/mp4", default));

        Assert.Equal(0, await _direct.DeleteUnfinishedAsync(DateTimeOffset.MaxValue, default));
        Assert.Empty(await _direct.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
    }

    [Fact]
    public async Task Encryption_is_asked_for_where_it_is_configured()
    {
        // The tests' server refuses it, which proves that it was asked.
        var options = (await server.CreateBucketAsync()) with { Endpoint = _proxy.Address, Encryption = "AES256" };
        using var store = new S3BlobStore(options, TimeProvider.System);
        await Assert.ThrowsAsync<BlobStoreException>(async () => await store.PutFileAsync(store.CreateName("a"), await SourceAsync(10), "text/plain", default));
        await Assert.ThrowsAsync<BlobStoreException>(async () => await store.PutFileAsync(store.CreateName("a"), await SourceAsync(LargeBytes), "text/plain", default));

        Assert.Equal(2, _proxy.Requests.Count(head => head.Contains("x-amz-server-side-encryption: AES256", StringComparison.OrdinalIgnoreCase)));
    }

    private async Task AssertStoredAsync(string name, string source)
    {
        await using var content = await _direct.TryOpenAsync(name, default);
        using var copy = new MemoryStream();
        await content!.Stream.CopyToAsync(copy);
        Assert.True((await File.ReadAllBytesAsync(source)).AsSpan().SequenceEqual(copy.ToArray()));
    }

    private async Task<string> SourceAsync(int length)
    {
        byte[] content = new byte[length];
        new Random(7).NextBytes(content);
        string path = _folder.File(Guid.NewGuid().ToString());
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    /// <summary>Each request suffers once; its repetition goes through.</summary>
    private static Func<string, ProxyFault?> OncePerRequest(Func<string, ProxyFault?> judge)
    {
        var suffered = new HashSet<string>();
        return head =>
        {
            lock (suffered)
                return suffered.Add(head.Split("\r\n")[0]) ? judge(head) : null;
        };
    }

    private static ProxyFault Parse(string fault) => fault switch
    {
        "drop" => new ProxyFault.Drop(),
        "hang" => new ProxyFault.Hang(),
        "lose" => new ProxyFault.LoseAnswer(),
        _ => new ProxyFault.Answer(int.Parse(fault.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), fault[4..]),
    };
}
