using System.Text.Json.Nodes;
using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Uploads.UploadServer;

namespace Kinora.Server.Tests.Uploads;

/// <summary>Uploads that go as they should, as the JavaScript client makes them.</summary>
public sealed class UploadTests
{
    [Fact]
    public async Task What_was_put_is_read_at_the_announced_URL_with_its_type()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        var put = await server.PutAsync(uploadUrl, [1, 2, 3]);
        var file = await server.Api.SendAsync("GET", fileUrl);

        Assert.Equal(200, put.Code);
        Assert.Equal((200, "image/png", "3"), (file.Code, file.ContentType, file.Header("Content-Length")));
        Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
        Assert.StartsWith($"http://{server.Api.Authority}/files/", uploadUrl, StringComparison.Ordinal);
        Assert.StartsWith($"http://{server.Api.Authority}/files/b/", fileUrl, StringComparison.Ordinal);
        Assert.Empty(server.Staged());
    }

    [Fact]
    public async Task Parts_may_come_in_any_order_and_again()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync(isMultipart: true);
        var third = await server.PutPartAsync(uploadUrl, 3, [5]);
        await server.PutPartAsync(uploadUrl, 1, [9, 9, 9]);
        var second = await server.PutPartAsync(uploadUrl, 2, [3, 4]);
        var first = await server.PutPartAsync(uploadUrl, 1, [1, 2]);

        Assert.Equal(1, first["partNumber"]!.GetValue<int>());
        Assert.Equal(200, (await server.CompleteAsync(uploadUrl, second, third, first)).Code);
        Assert.Equal([1, 2, 3, 4, 5], await server.ReadAsync(fileUrl));
        Assert.Empty(server.Staged());
    }

    [Fact]
    public async Task A_last_part_may_be_empty()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync(isMultipart: true);
        var answer = await server.CompleteAsync(uploadUrl, await server.PutPartAsync(uploadUrl, 1, [1]), await server.PutPartAsync(uploadUrl, 2, []));
        Assert.Equal(200, answer.Code);
        Assert.Equal([1], await server.ReadAsync(fileUrl));
    }

    [Fact]
    public async Task A_client_that_lost_the_answer_may_repeat_itself()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        Assert.Equal(200, (await server.PutAsync(uploadUrl, [1])).Code);
        Assert.Equal(200, (await server.PutAsync(uploadUrl, [1])).Code);
        Assert.Equal([1], await server.ReadAsync(fileUrl));

        (uploadUrl, fileUrl) = await server.OpenAsync(isMultipart: true);
        var part = await server.PutPartAsync(uploadUrl, 1, [2]);
        Assert.Equal(200, (await server.CompleteAsync(uploadUrl, part)).Code);
        Assert.Equal(200, (await server.CompleteAsync(uploadUrl, part)).Code);
        Assert.Equal([2], await server.ReadAsync(fileUrl));
    }

    [Theory]
    [InlineData("/storage/upload/initiate")]
    [InlineData("/storage/upload/initiate/")]
    [InlineData("/rest/storage/upload/initiate?storage_type=gcs")]
    public async Task It_is_announced_on_every_path(string path)
    {
        await using var server = await StartAsync();
        var answer = await server.Api.SendAsync("POST", path, "{}");
        Assert.Equal(200, (await server.PutAsync(TextOf(answer, "upload_url"), [1])).Code);
        Assert.Equal("application/octet-stream", (await server.Api.SendAsync("GET", TextOf(answer, "file_url"))).ContentType);
    }

    [Theory]
    [InlineData("rest.fal.ai")]
    [InlineData("rest.alpha.fal.ai")]
    [InlineData("rest.localhost")]
    public async Task It_is_announced_under_every_name(string host)
    {
        await using var server = await StartAsync();
        var answer = await server.AnnounceAsync(headers: ("Host", host));
        Assert.StartsWith($"http://{host}/files/", TextOf(answer, "file_url"), StringComparison.Ordinal);
        Assert.Equal(404, (await server.Api.SendAsync("POST", "/storage/unknown", "{}", ("Host", host))).Code);
        Assert.Equal(405, (await server.Api.SendAsync("GET", "/storage/auth/token", (string?)null, ("Host", host))).Code);
    }

    [Theory]
    [InlineData("https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3")]
    [InlineData("https://rest.alpha.fal.ai/storage/upload/initiate")]
    [InlineData("https://rest.fal.ai/storage/upload/initiate-multipart?storage_type=fal-cdn-v3")]
    public async Task It_is_announced_through_the_proxy_route_and_put_directly(string target)
    {
        await using var server = await StartAsync();
        var answer = await server.Api.SendAsync("POST", "/api/fal/proxy", """{"content_type":"image/png","file_name":"a.png"}""", ("x-fal-target-url", target));
        var uploadUrl = TextOf(answer, "upload_url");
        Assert.StartsWith($"http://{server.Api.Authority}/files/upload/", uploadUrl, StringComparison.Ordinal);
        var isMultipart = target.Contains("multipart", StringComparison.Ordinal);
        Assert.Equal(200, (await server.PutAsync(isMultipart ? Below(uploadUrl, 1) : uploadUrl, [1])).Code);
    }

    [Fact]
    public async Task Any_web_page_may_put_to_an_upload_URL_but_not_ask_for_one()
    {
        await using var server = await StartAsync();
        (string, string)[] page = [("Origin", "https://app.example"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "content-type")];
        var (uploadUrl, _) = await server.OpenAsync();
        var preflight = await server.Api.SendAsync("OPTIONS", uploadUrl, (string?)null, page);
        var announcing = await server.Api.SendAsync("OPTIONS", "/storage/upload/initiate", (string?)null, page);

        Assert.Equal((204, "*"), (preflight.Code, preflight.Header("Access-Control-Allow-Origin")));
        Assert.Contains("PUT", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("content-type", preflight.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("*", (await server.PutAsync(uploadUrl, [1], ("Origin", "https://app.example"))).Header("Access-Control-Allow-Origin"));
        Assert.Null(announcing.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_announced_size_must_be_the_one_that_comes()
    {
        await using var server = await StartAsync();
        foreach (var (size, code) in new[] { (2, 400), (3, 200) })
        {
            var answer = await server.AnnounceAsync(body: new JsonObject { ["file_size"] = size }.ToJsonString());
            Assert.Equal(code, (await server.PutAsync(TextOf(answer, "upload_url"), [1, 2, 3])).Code);
        }
    }

    [Fact]
    public async Task Tokens_never_reach_the_log()
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync();
        await server.PutAsync(uploadUrl, [1]);
        var token = new Uri(uploadUrl).Query["?token=".Length..];
        lock (server.Api.LogLines)
        {
            Assert.Contains(server.Api.LogLines, line => line.Contains("/files/upload/", StringComparison.Ordinal));
            Assert.DoesNotContain(server.Api.LogLines, line => line.Contains(token, StringComparison.Ordinal));
        }
    }
}
