using Kinora.Jobs.Blobs;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary><c>GET /files/…</c>.</summary>
public sealed class FileTests
{
    private const string Content = "0123456789";

    [Fact]
    public async Task A_file_is_public_typed_and_sandboxed()
    {
        await using var server = await StartAsync(options => options.RequireKeys = true);
        var url = await PutAsync(server);
        var answer = await server.SendAsync("GET", url, (string?)null, ("Origin", "https://anywhere.example"));

        Assert.Equal((200, "video/mp4", Content), (answer.Code, answer.ContentType, answer.Body));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("sandbox", answer.Header("Content-Security-Policy"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("bytes", answer.Header("Accept-Ranges"));
        Assert.Equal("public, max-age=3600", answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("ETag"));
        Assert.NotNull(answer.Header("Last-Modified"));
    }

    [Fact]
    public async Task Head_has_the_headers_without_the_body()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("HEAD", await PutAsync(server));
        Assert.Equal((200, "10", ""), (answer.Code, answer.Header("Content-Length"), answer.Body));
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", 206, "456789", "bytes 4-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=0-", 206, Content, "bytes 0-9/10")]
    [InlineData("bytes=8-99", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=0-1,3-4", 200, Content, null)]
    [InlineData("bytes=5-2", 200, Content, null)]
    public async Task One_range_is_served(string range, int code, string body, string? contentRange)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("GET", await PutAsync(server), (string?)null, ("Range", range));
        Assert.Equal((code, body, contentRange), (answer.Code, answer.Body, answer.Header("Content-Range")));
    }

    [Fact]
    public async Task An_unchanged_file_is_304()
    {
        await using var server = await StartAsync();
        var url = await PutAsync(server);
        var tag = (await server.SendAsync("HEAD", url)).Header("ETag")!;
        Assert.Equal(304, (await server.SendAsync("GET", url, (string?)null, ("If-None-Match", tag))).Code);
        Assert.Equal(200, (await server.SendAsync("GET", url, (string?)null, ("If-None-Match", "\"other\""))).Code);
        Assert.Equal(206, (await server.SendAsync("GET", url, (string?)null, ("If-Range", tag), ("Range", "bytes=0-0"))).Code);
    }

    [Theory]
    [InlineData("/files/")]
    [InlineData("/files/b/none/out.mp4")]
    [InlineData("/files/b//out.mp4")]
    [InlineData("/files/.hidden")]
    [InlineData("/files/a%5cb")]
    [InlineData("/files/a%20b")]
    [InlineData("/files/%C3%A4")]
    public async Task Other_names_are_404(string path)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("GET", path);
        Assert.Equal((404, """{"detail":"File not found"}"""), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task A_name_of_a_thousand_characters_is_404()
    {
        await using var server = await StartAsync();
        Assert.Equal(404, (await server.SendAsync("GET", "/files/" + new string('a', 1_000))).Code);
    }

    private static async Task<string> PutAsync(ApiServer server)
    {
        var source = Path.Combine(Directory.CreateTempSubdirectory("kinora-file-").FullName, "out.mp4");
        await File.WriteAllTextAsync(source, Content);
        var name = server.Blobs.CreateName("out.mp4");
        await server.Blobs.PutFileAsync(name, source, "video/mp4", CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(source)!, recursive: true);
        return "/files/" + name;
    }
}
