using System.Net;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using static Kinora.Client.Tests.Loopback;

namespace Kinora.Client.Tests;

/// <summary>Uploads as they go over the wire.</summary>
public sealed class StorageTests
{
    private const int Part = 10 << 20;

    [Fact]
    public async Task Small_content_is_announced_and_put_in_one_piece()
    {
        await using var server = new Loopback(Uploads);

        var url = await server.Client().Storage.UploadAsync(new MemoryStream("picture"u8.ToArray()), "image/png", new UploadOptions { FileName = "a.png", Lifetime = TimeSpan.FromMinutes(1) });

        Assert.Equal("https://files.example.org/a", url.AbsoluteUri);
        var (announced, put) = (server.Requests.First(), server.Requests.Last());
        Assert.Equal("POST /storage/upload/initiate?storage_type=fal-cdn-v3", announced.ToString());
        Assert.Equal("""{"content_type":"image/png","file_name":"a.png"}""", announced.Body);
        Assert.Equal("""{"expiration_duration_seconds":60}""", announced.Header("X-Fal-Object-Lifecycle"));
        Assert.Equal(("PUT /up/1?token=t", "image/png", "picture"), (put.ToString(), put.Header("Content-Type"), put.Body));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Part - 1, 0)]
    [InlineData(Part, 1)]
    [InlineData(Part + 1, 2)]
    [InlineData(2 * Part, 2)]
    public async Task Content_from_one_part_on_is_sent_in_parts(int bytes, int parts)
    {
        await using var server = new Loopback(Uploads);
        var progress = new List<long>();

        await server.Client().Storage.UploadAsync(new SequentialStream(bytes), "video/mp4", new UploadOptions { OnProgress = progress.Add });

        var puts = server.Requests.Where(request => request.Method == "PUT").ToList();
        Assert.Equal(bytes, puts.Sum(put => put.Body.Length));
        Assert.Equal(bytes, progress[^1]);
        Assert.Equal(parts, server.Requests.Count(request => request.Target.StartsWith("/up/1/", StringComparison.Ordinal) && request.Method == "PUT"));
        if (parts > 0)
            Assert.Equal(new JsonObject { ["parts"] = new JsonArray([.. Enumerable.Range(1, parts).Select(NumberAndTag)]) }.ToJsonString(), server.Requests.Last().Body);
    }

    [Fact]
    public async Task A_step_that_fails_is_sent_again_with_the_same_content()
    {
        var failed = new HashSet<string>();
        await using var server = new Loopback(request => failed.Add(request.ToString()) ? new Answer(503, "no gateway", "text/plain") : Uploads(request));

        await server.Client().Storage.UploadAsync(new SequentialStream(Part + 5), "video/mp4");

        var sent = server.Requests.Where(request => request.ToString() == "PUT /up/1/2?token=t").Select(request => request.Body).ToList();
        Assert.Equal(2, sent.Count);
        Assert.Equal((5, sent[0]), (sent[1].Length, sent[1]));
    }

    [Fact]
    public async Task An_error_is_the_servers_own_words()
    {
        await using var server = new Loopback(_ => new Answer(400, """{"detail":"image/no type is no media type"}"""));

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Storage.UploadAsync(System.IO.Stream.Null, "image/no type"));
        Assert.Equal((HttpStatusCode.BadRequest, "image/no type is no media type"), (failure.StatusCode, failure.Message));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_key_goes_to_the_server_and_not_where_the_server_sends_the_content()
    {
        await using var elsewhere = new Loopback(_ => new Answer(200, "{}"));
        await using var server = new Loopback(_ => Opened(elsewhere.Address + "put"));

        await server.Client().Storage.UploadAsync(System.IO.Stream.Null, "image/png");

        Assert.Equal("Key id:secret", Assert.Single(server.Requests).Header("Authorization"));
        Assert.Null(Assert.Single(elsewhere.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task An_input_uploads_what_it_holds_once_and_sends_the_addresses()
    {
        await using var server = new Loopback(request => request.Target.StartsWith("/queue/", StringComparison.Ordinal) ? Replies.Queued : Uploads(request));
        var client = server.Client();
        var input = new KlingV3StandardInput
        {
            StartImageUrl = MediaInput.FromStream(new MemoryStream([1]), "image/png"),
            EndImageUrl = "https://example.org/b.png",
            Elements = [new KlingElement { FrontalImageUrl = new Uri("https://example.org/c.png"), ReferenceImageUrls = [MediaInput.FromStream(new MemoryStream([2]), "image/png")] }],
        };

        await client.Queue.SubmitAsync(input);
        await client.Queue.SubmitAsync(input);

        Assert.Equal(2, server.Requests.Count(request => request.Method == "PUT"));
        var sent = JsonNode.Parse(server.Requests.Last().Body)!;
        Assert.Equal(("https://files.example.org/a", "https://example.org/b.png"), ((string?)sent["start_image_url"], (string?)sent["end_image_url"]));
        Assert.Equal("""[{"frontal_image_url":"https://example.org/c.png","reference_image_urls":["https://files.example.org/a"]}]""", sent["elements"]!.ToJsonString());
    }

    [Theory]
    [InlineData("vase.JPG", "image/jpeg")]
    [InlineData("clip.mov", "video/quicktime")]
    [InlineData("notes", "application/octet-stream")]
    public async Task A_files_name_tells_its_type(string name, string type)
    {
        await using var server = new Loopback(request => request.Target.StartsWith("/queue/", StringComparison.Ordinal) ? Replies.Queued : Uploads(request));
        var folder = Directory.CreateTempSubdirectory("kinora-client-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(path, "content");
            await server.Client().Queue.SubmitAsync(new KlingO3StandardInput { ImageUrl = MediaInput.FromFile(path) });
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal($$"""{"content_type":"{{type}}","file_name":"{{name}}"}""", server.Requests.First().Body);
        Assert.Equal("content", server.Requests.ElementAt(1).Body);
    }

    [Fact]
    public void Media_are_equal_by_the_address_they_were_made_of_and_content_only_to_itself()
    {
        Assert.Equal((MediaInput)"https://e.org/a", MediaInput.FromUri(new Uri("https://e.org/a")));
        Assert.Equal(new KlingO3StandardInput { ImageUrl = "a" }, new KlingO3StandardInput { ImageUrl = "a" });
        Assert.NotEqual((MediaInput)"a", "b");
        Assert.NotEqual(MediaInput.FromFile("a"), MediaInput.FromFile("a"));
        Assert.NotEqual(MediaInput.FromFile("a"), "a");
    }

    [Fact]
    public void What_is_not_uploaded_yet_is_no_JSON() => Assert.Contains(
        "not uploaded", Assert.Throws<InvalidOperationException>(() => new KlingO3StandardInput { ImageUrl = MediaInput.FromFile("vase.jpg") }.ToJson()).Message, StringComparison.Ordinal);

    private static Answer Uploads(Asked request) => request.ToString().Split('?')[0].Split('/') switch
    {
        ["POST ", "storage", "upload", _] => Opened("/up/1?token=t", request),
        ["PUT ", "up", "1", var number] => new Answer(200, NumberAndTag(int.Parse(number)).ToJsonString()),
        _ => new Answer(200, "{}"),
    };

    private static JsonNode NumberAndTag(int number) => new JsonObject { ["partNumber"] = number, ["etag"] = $"\"e{number}\"" };

    private static Answer Opened(string path, Asked request) => Opened($"http://{request.Header("Host")}{path}");

    private static Answer Opened(string url) => new(200, new JsonObject { ["upload_url"] = url, ["file_url"] = "https://files.example.org/a" }.ToJsonString());
}
