using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Uploads.UploadServer;

namespace Kinora.Server.Tests.Uploads;

/// <summary>Forged, expired and replayed tokens, wrong parts, too much of everything.</summary>
public sealed class UploadAttackTests
{
    [Fact]
    public async Task A_forged_URL_and_an_unknown_one_look_alike()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        var plain = uploadUrl.Split('?')[0];
        string[] forged = [plain, plain + "?token=", plain + "?token=" + new string('A', 43), uploadUrl[..^1], uploadUrl + "x", uploadUrl.Replace("/upload/", "/upload/0", StringComparison.Ordinal)];
        foreach (var url in forged)
        {
            var answer = await server.PutAsync(url, [1]);
            Assert.Equal((403, """{"detail":"This upload URL or token is not valid."}"""), (answer.Code, answer.Body));
        }

        Assert.Null(await server.ReadAsync(fileUrl));
        Assert.Empty(server.Staged());
    }

    [Fact]
    public async Task A_finished_upload_takes_no_other_content()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        await server.PutAsync(uploadUrl, [1]);
        Assert.Equal(403, (await server.PutAsync(uploadUrl, [2])).Code);
        Assert.Equal([1], await server.ReadAsync(fileUrl));

        (uploadUrl, fileUrl) = await server.OpenAsync(isMultipart: true);
        var part = await server.PutPartAsync(uploadUrl, 1, [1]);
        await server.CompleteAsync(uploadUrl, part);
        Assert.Equal(403, (await server.PutAsync(Below(uploadUrl, 1), [2])).Code);
        Assert.Equal(403, (await server.CompleteAsync(uploadUrl, part, part)).Code);
        Assert.Equal([1], await server.ReadAsync(fileUrl));
    }

    [Fact]
    public async Task Two_at_once_make_one_file()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        var contents = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 100_000).ToArray()).ToArray();
        var codes = await Task.WhenAll(contents.Select(async content => (await server.PutAsync(uploadUrl, content)).Code));

        Assert.Equal([200, 403, 403, 403, 403, 403, 403, 403], codes.Order());
        Assert.Equal(contents[Array.IndexOf(codes, 200)], await server.ReadAsync(fileUrl));
    }

    [Fact]
    public async Task URLs_and_tokens_expire()
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync();
        var token = await server.TokenAsync();
        server.Clock.Move(TimeSpan.FromMinutes(61));
        Assert.Equal(401, (await server.PostAsync([1], token)).Code);

        server.Clock.Move(TimeSpan.FromHours(23));
        var answer = await server.PutAsync(uploadUrl, [1]);
        Assert.Equal(403, answer.Code);
        Assert.Contains("expired", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer forged")]
    [InlineData("Key id:secret")]
    public async Task Without_a_good_token_nothing_is_taken_even_where_no_key_exists(string? authorization)
    {
        await using var server = await StartAsync();
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        foreach (var path in (string[])["/files/upload", "/files/upload/multipart"])
        {
            var answer = await server.Api.SendAsync("POST", path, new ByteArrayContent([1]), headers);
            Assert.Equal((401, "application/json"), (answer.Code, answer.ContentType));
            Assert.Contains("/storage/auth/token", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_announces_and_its_revocation_ends_what_it_announced()
    {
        await using var server = await StartAsync();
        var (keyId, header) = await server.Api.CreateKeyAsync();
        Assert.Equal(401, (await server.AnnounceAsync()).Code);
        Assert.Equal(401, (await server.Api.SendAsync("POST", "/storage/auth/token", "{}", ("Authorization", "Key a:b"))).Code);

        var (uploadUrl, _) = await server.OpenAsync(headers: ("Authorization", header));
        var token = await server.TokenAsync(("Authorization", header));
        Assert.Equal(200, (await server.PostAsync([1], token)).Code);
        await server.Api.Keys.RevokeAsync(keyId, CancellationToken.None);
        Assert.Equal(403, (await server.PutAsync(uploadUrl, [1])).Code);
        Assert.Equal(401, (await server.PostAsync([1], token)).Code);
    }

    [Fact]
    public async Task What_was_announced_without_a_key_ends_with_the_first_key()
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync();
        await server.Api.CreateKeyAsync();
        Assert.Equal(403, (await server.PutAsync(uploadUrl, [1])).Code);
    }

    [Fact]
    public async Task Nobody_goes_on_with_a_foreign_upload()
    {
        await using var server = await StartAsync();
        var (_, mine) = await server.Api.CreateKeyAsync();
        var (_, theirs) = await server.Api.CreateKeyAsync();
        var bearer = "Bearer " + await server.TokenAsync(("Authorization", mine));
        var stranger = "Bearer " + await server.TokenAsync(("Authorization", theirs));
        var begun = await server.Api.SendAsync("POST", "/files/upload/multipart", new ByteArrayContent([]), ("Authorization", bearer));
        var partUrl = $"{TextOf(begun, "access_url")}/multipart/{TextOf(begun, "uploadId")}/1";
        var elsewhere = $"/files/b/00000000/other/multipart/{TextOf(begun, "uploadId")}/1";

        Assert.Equal(403, (await server.PutAsync(partUrl, [1], ("Authorization", stranger))).Code);
        Assert.Equal(401, (await server.PutAsync(partUrl, [1])).Code);
        Assert.Equal(403, (await server.PutAsync(elsewhere, [1], ("Authorization", bearer))).Code);
        var taken = await server.PutAsync(partUrl, [1], ("Authorization", bearer));
        Assert.Equal(200, taken.Code);
        Assert.Matches("^\"[0-9a-f]{64}\"$", taken.Header("ETag"));
    }

    [Theory]
    [InlineData("""{}""", "JSON")]
    [InlineData("""no json""", "JSON")]
    [InlineData("""{"parts":[]}""", "at least one")]
    [InlineData("""{"parts":[{"partNumber":1}]}""", "JSON")]
    [InlineData("""{"parts":[{"partNumber":"1","etag":"a"}]}""", "JSON")]
    [InlineData("""{"parts":[{"partNumber":1,"etag":"\ud800"}]}""", "JSON")]
    [InlineData("""{"parts":[{"partNumber":1,"etag":"wrong"},{"partNumber":2,"etag":"wrong"}]}""", "Part 1 has the etag")]
    [InlineData("""{"parts":[1,1]}""", "JSON")]
    [InlineData("""{"parts":[{"1":1},{"1":1}]}""", "JSON")]
    public async Task A_list_that_is_wrong_is_refused_with_the_reason(string list, string reason)
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        await server.PutPartAsync(uploadUrl, 1, [1]);
        await server.PutPartAsync(uploadUrl, 2, [1]);
        var answer = await server.Api.SendAsync("POST", Below(uploadUrl, "complete"), list);
        Assert.Equal(400, answer.Code);
        Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2", "Part 3 has come but is not listed")]
    [InlineData("1,3", "where part 2 should be, part 3 is")]
    [InlineData("1,1,2,3", "where part 2 should be, part 1 is")]
    [InlineData("1,2,3,4", "Part 4 has not come")]
    [InlineData("0,1,2,3", "where part 1 should be, part 0 is")]
    public async Task Parts_must_be_listed_once_each(string numbers, string reason)
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync(isMultipart: true);
        JsonNode part = new JsonObject();
        foreach (var number in (int[])[1, 2, 3]) part = await server.PutPartAsync(uploadUrl, number, [1]);
        var listed = numbers.Split(',').Select(number => (JsonNode)new JsonObject { ["partNumber"] = int.Parse(number, CultureInfo.InvariantCulture), ["etag"] = part["etag"]!.DeepClone() });
        var answer = await server.CompleteAsync(uploadUrl, listed);
        Assert.Equal(400, answer.Code);
        Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
        Assert.Null(await server.ReadAsync(fileUrl));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("x")]
    [InlineData("%2e%2e")]
    public async Task A_part_needs_a_number(string number)
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        Assert.InRange((await server.PutAsync(Below(uploadUrl, number), [1])).Code, 400, 405);
        Assert.Empty(server.Staged());
    }

    [Fact]
    public async Task The_two_kinds_of_upload_do_not_mix()
    {
        await using var server = await StartAsync();
        Assert.Equal(400, (await server.PutAsync((await server.OpenAsync(isMultipart: true)).UploadUrl, [1])).Code);
        Assert.Equal(400, (await server.PutAsync(Below((await server.OpenAsync()).UploadUrl, 1), [1])).Code);
        Assert.Equal(400, (await server.CompleteAsync((await server.OpenAsync()).UploadUrl)).Code);
    }

    [Theory]
    [InlineData("""[]""", 422)]
    [InlineData("""no json""", 422)]
    [InlineData("""{"file_name":1}""", 422)]
    [InlineData("""{"file_name":"\ud800"}""", 422)]
    [InlineData("""{"file_size":-1}""", 422)]
    [InlineData("""{"file_size":1e400}""", 422)]
    [InlineData("""{"content_type":"no type"}""", 400)]
    [InlineData("""{"content_type":"a/b\r\nX: y"}""", 400)]
    [InlineData("""{"file_size":99999999999999}""", 413)]
    [InlineData("""{"file_name":"../../../../etc/passwd"}""", 200)]
    [InlineData("""{"file_name":"a\u0000b"}""", 200)]
    [InlineData("""{"file_name":""}""", 200)]
    public async Task An_announcement_is_checked(string body, int code)
    {
        await using var server = await StartAsync();
        var answer = await server.AnnounceAsync(body: body);
        Assert.Equal((code, "application/json"), (answer.Code, answer.ContentType));
        if (code == 200) Assert.Matches("/files/b/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_[A-Za-z0-9._-]+$", TextOf(answer, "file_url"));
    }

    [Fact]
    public async Task Two_hundred_levels_of_JSON_are_refused()
    {
        await using var server = await StartAsync();
        var deep = new string('[', 200) + new string(']', 200);
        Assert.Equal(422, (await server.AnnounceAsync(body: deep)).Code);
        var (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        Assert.Equal(400, (await server.Api.SendAsync("POST", Below(uploadUrl, "complete"), deep)).Code);
        Assert.Equal(413, (await server.AnnounceAsync(body: new string(' ', 100_000))).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_much_is_413_whether_its_length_was_said_or_not(bool isChunked)
    {
        await using var server = await StartAsync(options => options.MaxUploadBytes = 1_000);
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        Assert.Equal(413, (await server.PutAsync(uploadUrl, new byte[1_001], isChunked ? [("Transfer-Encoding", "chunked")] : [])).Code);
        Assert.Null(await server.ReadAsync(fileUrl));
        Assert.Empty(server.Staged());
        Assert.Equal(200, (await server.PutAsync(uploadUrl, new byte[1_000])).Code);

        (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        await server.PutPartAsync(uploadUrl, 1, new byte[600]);
        Assert.Equal(413, (await server.PutAsync(Below(uploadUrl, 2), new byte[401])).Code);
        Assert.Equal(200, (await server.PutAsync(Below(uploadUrl, 1), new byte[1_000])).Code);
    }

    [Fact]
    public async Task All_uploads_together_are_bounded()
    {
        await using var server = await StartAsync(options => options.MaxTotalBytes = 1_000);
        var token = await server.TokenAsync();
        var first = await server.PostAsync(new byte[600], token, ("X-Fal-Object-Lifecycle", """{"expiration_duration_seconds":60}"""));
        Assert.Equal(200, first.Code);
        Assert.Equal(507, (await server.PostAsync(new byte[401], token)).Code);
        var (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        await server.PutPartAsync(uploadUrl, 1, new byte[300]);
        Assert.Equal(507, (await server.PutAsync(Below(uploadUrl, 2), new byte[101])).Code);
        Assert.Equal(200, (await server.PostAsync(new byte[100], token)).Code);

        // What expires makes room.
        server.Clock.Move(TimeSpan.FromMinutes(2));
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.Equal(200, (await server.PostAsync(new byte[600], token)).Code);
    }

    [Fact]
    public async Task Open_uploads_are_bounded()
    {
        await using var server = await StartAsync(options => options.MaxOpenUploads = 2);
        await server.OpenAsync();
        var (uploadUrl, _) = await server.OpenAsync();
        Assert.Equal(429, (await server.AnnounceAsync()).Code);
        await server.PutAsync(uploadUrl, [1]);
        Assert.Equal(200, (await server.AnnounceAsync()).Code);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync();
        Assert.Equal(415, (await server.Api.SendAsync("PUT", uploadUrl, new ByteArrayContent([1]) { Headers = { ContentEncoding = { "gzip" } } })).Code);
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_nothing_behind_and_may_try_again()
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        var url = new Uri(uploadUrl);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(url.Host, url.Port);
            var head = $"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: 1000000\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string('x', 10_000)));
            await UntilAsync(() => server.Staged().Length == 1);
        }

        await UntilAsync(() => server.Staged().Length == 0);
        Assert.Null(await server.ReadAsync(fileUrl));
        Assert.Equal(200, (await server.PutAsync(uploadUrl, [1])).Code);
    }

    [Theory]
    [InlineData("PUT", "/files/b/00000000/aaaaaaaaaaaaaaaaaaaaa_x.png")]
    [InlineData("POST", "/files/")]
    [InlineData("POST", "/files/upload/")]
    [InlineData("DELETE", "/files/upload/x")]
    [InlineData("PUT", "/files/..%2f..%2fetc/multipart/x/1")]
    public async Task There_is_no_other_way_in(string method, string path)
    {
        await using var server = await StartAsync();
        var answer = await server.Api.SendAsync(method, path, new ByteArrayContent([1]));
        Assert.InRange(answer.Code, 400, 405);
        Assert.Equal("application/json", answer.ContentType);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !condition();)
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen.");
            await Task.Delay(20);
        }
    }
}
