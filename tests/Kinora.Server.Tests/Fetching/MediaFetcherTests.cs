using System.Text.Json;
using Kinora.Jobs.Blobs;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class MediaFetcherTests
{
    [Fact]
    public async Task A_data_URI_becomes_a_file()
    {
        using var house = new FetchingHouse();
        Assert.Equal("Hello"u8.ToArray(), await house.FetchBytesAsync("data:image/png;base64,SGVsbG8="));
    }

    [Theory]
    [InlineData(7500, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    [InlineData(1_000_000, false)]
    public async Task A_data_URI_is_measured_before_it_is_decoded(int size, bool isAccepted)
    {
        using var house = new FetchingHouse();
        var url = "data:image/png;base64," + Convert.ToBase64String(new byte[size]);
        if (isAccepted)
        {
            Assert.Equal(size, (await house.FetchBytesAsync(url)).Length);
            return;
        }

        var violation = await house.FetchRefusedAsync(url, "file_too_large");
        Assert.Equal(FetchingHouse.MaxBytes, violation.Context?["max_size"]?.GetValue<long>());
        Assert.Equal($"<data URI, {url.Length} characters>", violation.Input?.GetValue<string>());
    }

    [Theory]
    [InlineData("data:image/png;base64", "well-formed")]
    [InlineData("data:image/png,%zz", "well-formed")]
    [InlineData("data:image/png;base64,SGVsbG8", "padded base64")]
    [InlineData("data:image/png;base64,", "it is empty")]
    public async Task A_data_URI_that_is_none_is_a_download_error_and_never_quoted(string url, string reason)
    {
        using var house = new FetchingHouse();
        var violation = await house.FetchRefusedAsync(url);
        Assert.Contains(reason, violation.Message, StringComparison.Ordinal);
        Assert.Equal($"<data URI, {url.Length} characters>", violation.Input?.GetValue<string>());
    }

    [Fact]
    public async Task A_violation_quotes_the_URL_that_was_sent()
    {
        using var house = new FetchingHouse();
        Assert.Equal("ftp://x.example/y.png", (await house.FetchRefusedAsync("ftp://x.example/y.png")).Input?.GetValue<string>());
    }

    [Theory]
    [InlineData("ftp://x/", 0)]
    [InlineData("ftp://x/", 1)]
    [InlineData("http://x/", 1)]
    [InlineData("http://", 1)]
    [InlineData("ftp://x/", 2001)]
    [InlineData("ftp://xx/", 2001)]
    public async Task A_quote_is_short_and_valid_JSON_even_with_half_a_character_in_it(string start, int halves)
    {
        using var house = new FetchingHouse(resolver: new ScriptedResolver(""));
        var url = start + string.Concat(Enumerable.Range(0, halves).Select(index => index % 2 == 0 ? '\ud83d' : '\ude00'));
        var quote = JsonSerializer.Serialize((await house.FetchRefusedAsync(url)).Input);
        Assert.True(JsonDocument.Parse(quote).RootElement.GetString()!.Length <= 514);
    }

    [Fact]
    public async Task This_servers_own_files_are_read_without_a_connection()
    {
        using var house = new FetchingHouse(ownFiles: new OwnFiles(OwnName, new OneBlob("clip.png", "picture"u8.ToArray())));
        Assert.Equal("picture"u8.ToArray(), await house.FetchBytesAsync("http://kinora.example/files/clip.png"));
        Assert.Empty(house.Dialled);
    }

    [Fact]
    public async Task This_servers_own_files_are_read_even_where_only_https_is_fetched()
    {
        using var house = new FetchingHouse(
            options => (options.HttpsOnly, options.AllowedPorts) = (true, [443]), ownFiles: new OwnFiles(OwnName, new OneBlob("clip.png", "picture"u8.ToArray())));
        Assert.Equal("picture"u8.ToArray(), await house.FetchBytesAsync("http://kinora.example:8000/files/clip.png"));
    }

    [Fact]
    public async Task A_URL_of_the_same_form_whose_file_is_not_here_is_fetched_from_where_it_says()
    {
        using var house = new FetchingHouse(resolver: new ScriptedResolver(""), ownFiles: new OwnFiles(OwnName, new OneBlob("clip.png", [])));
        var violation = await house.FetchRefusedAsync("http://elsewhere.example/files/other.png");
        Assert.DoesNotContain("no such file", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_file_keeps_to_the_limits_as_well()
    {
        using var house = new FetchingHouse(ownFiles: new OwnFiles(OwnName, new OneBlob("clip.png", new byte[FetchingHouse.MaxBytes + 1])));
        await house.FetchRefusedAsync("http://kinora.example/files/clip.png", "file_too_large");
    }

    [Fact]
    public async Task No_more_downloads_run_at_once_than_were_allowed()
    {
        var (running, most, gate) = (0, 0, new SemaphoreSlim(0));
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            lock (gate)
                most = Math.Max(most, ++running);
            await gate.WaitAsync(stop);
            lock (gate)
                running--;
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1", [1], stop);
        });
        using var house = new FetchingHouse(options => options.MaxConcurrentFetches = 2);
        var fetches = Enumerable.Range(0, 6).Select(_ => house.FetchAsync(server.Url())).ToList();
        for (var finished = 0; finished < 6; finished++)
        {
            await UntilAsync(() => server.Requests.Count == Math.Min(6, finished + 2));
            gate.Release();
            await UntilAsync(() => fetches.Count(fetch => fetch.IsCompleted) == finished + 1);
        }

        Assert.All(await Task.WhenAll(fetches), outcome => Assert.IsType<FetchOutcome.Fetched>(outcome));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_data_URI_waits_for_no_download()
    {
        await using var server = new RawHttpServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        using var house = new FetchingHouse(options => options.MaxConcurrentFetches = 1);
        using var giveUp = new CancellationTokenSource();
        var stuck = house.Fetcher.FetchAsync(FetchingHouse.Reference(server.Url()), house.Scratch, giveUp.Token);
        await UntilAsync(() => server.Requests.Count == 1);
        Assert.Equal("Hello"u8.ToArray(), await house.FetchBytesAsync("data:;base64,SGVsbG8="));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
    }

    [Fact]
    public async Task A_cancelled_fetch_leaves_nothing_behind_and_gives_its_turn_back()
    {
        await using var hanging = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100", new byte[50], stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        await using var serving = RawHttpServer.Serving([1]);
        using var house = new FetchingHouse(options => options.MaxConcurrentFetches = 1);
        using var giveUp = new CancellationTokenSource();
        var fetch = house.Fetcher.FetchAsync(FetchingHouse.Reference(hanging.Url()), house.Scratch, giveUp.Token);
        await UntilAsync(() => new DirectoryInfo(house.Scratch.FullPath).EnumerateFiles().Any(file => file.Length == 50));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        Assert.Empty(Directory.EnumerateFiles(house.Scratch.FullPath));
        Assert.Equal([1], await house.FetchBytesAsync(serving.Url()));
    }

    private static string? OwnName(Uri url) =>
        url.Host == "kinora.example" && url.AbsolutePath.StartsWith("/files/", StringComparison.Ordinal) ? url.AbsolutePath["/files/".Length..] : null;

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        for (var patience = 0; !isTrue(); patience++)
        {
            Assert.True(patience < 1000, "What was waited for did not happen within 10 s.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A store with one blob in it: the fetcher only reads.</summary>
    private sealed class OneBlob(string name, byte[] content) : IBlobStore
    {
        public Task<BlobContent?> TryOpenAsync(string wanted, CancellationToken cancellationToken) => Task.FromResult(
            wanted == name ? new BlobContent(new MemoryStream(content), content.Length, "image/png", DateTimeOffset.UnixEpoch) : null);

        public string CreateName(string fileName) => throw new NotSupportedException();

        public Task PutFileAsync(string name, string localPath, string contentType, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Uri? TryCreateReadUrl(string name, TimeSpan lifetime) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredBlob> ListAsync(DateTimeOffset storedBy, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> DeleteUnfinishedAsync(DateTimeOffset begunBy, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
