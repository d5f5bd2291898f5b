using System.Net;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests;

/// <summary>Uploads of an unmodified Python program, over TLS and under the names that it has built in.</summary>
public sealed class PythonUploadTests(RunningServer server) : IClassFixture<RunningServer>, IDisposable
{
    private readonly PythonClient _python = new("fal.run", "queue.fal.run", server.HttpsPort, server.AuthorityPath);

    [Fact]
    public async Task An_upload_gets_a_token_once_and_is_read_again_at_its_URL()
    {
        var first = await _python.UploadAsync([1, 2, 3], "image/png", "a b.png");
        var second = await _python.UploadAsync([], "application/octet-stream");

        Assert.Equal([1, 2, 3], await _python.DownloadAsync(first));
        Assert.Empty(await _python.DownloadAsync(second));
        Assert.EndsWith("_a_b.png", first, StringComparison.Ordinal);
        Assert.Matches("^https://v3.fal.media/files/b/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_a_b.png$", first);
        Assert.Equal(
            ["POST /storage/auth/token?storage_type=fal-cdn-v3", "POST /files/upload", "POST /files/upload"], _python.Exchanges.Select(exchange => exchange.Request));
        Assert.All(_python.Exchanges, exchange => Assert.Equal(HttpStatusCode.OK, exchange.Status));
    }

    [Fact]
    public async Task The_older_repository_takes_uploads_too()
    {
        var url = await _python.UploadToOldRepositoryAsync([4, 5], "image/png");
        Assert.Equal([4, 5], await _python.DownloadAsync(url));
    }

    [Fact]
    public async Task A_large_file_comes_in_parts_ten_at_a_time()
    {
        var data = new byte[(100 << 20) + 12_345];
        new Random(1).NextBytes(data);
        var url = await _python.UploadAsync(data, "video/mp4", "big.mp4");

        Assert.Equal(data, await _python.DownloadAsync(url));
        Assert.Equal(11, _python.Exchanges.Count(exchange => exchange.Request.StartsWith("PUT ", StringComparison.Ordinal)));
        Assert.EndsWith("/complete", _python.Exchanges[^1].Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_that_the_package_loses_are_noticed()
    {
        // upload(bytes) of 1.0.1 sends every part but the first empty.
        var (url, id) = await _python.BeginPartsAsync("video/mp4");
        var parts = new[] { await _python.PutPartAsync(url, id, 1, new byte[9]), await _python.PutPartAsync(url, id, 2, default), await _python.PutPartAsync(url, id, 3, default) };
        var failure = await Assert.ThrowsAsync<FalClientHttpException>(() => _python.CompletePartsAsync(url, id, parts));

        Assert.Equal((400, true), (failure.Status, ((string?)failure.Detail)!.Contains("Part 2 of 3 is empty", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<HttpRequestException>(() => _python.DownloadAsync(url));
    }

    [Fact]
    public async Task An_uploaded_picture_becomes_a_video_without_a_round_trip_though_nobody_else_may_read_it()
    {
        // The server could not fetch it over the network: v3.fal.media leads elsewhere, it refuses private addresses, and the public gets 403.
        var photo = await File.ReadAllBytesAsync(SamplePhotos.PathOf("astronaut.jpg"), TestContext.Current.CancellationToken);
        var url = await _python.UploadAsync(photo, "image/jpeg", "astronaut.jpg", new JsonObject { ["initial_acl"] = new JsonObject { ["default"] = "forbid" } });
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(() => _python.DownloadAsync(url))).StatusCode);

        var result = await _python.RunAsync("fal-ai/kling-video/v3/turbo/standard/image-to-video", new JsonObject { ["image_url"] = url, ["duration"] = "3" });
        var video = result.GetProperty("video").GetProperty("url").GetString()!;
        Assert.StartsWith("https://fal.run/files/", video, StringComparison.Ordinal);
        Assert.NotEmpty(await _python.DownloadAsync(video));
    }

    public void Dispose() => _python.Dispose();
}
