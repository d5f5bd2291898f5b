using Kinora.Server.Tests.Api;
using Kinora.Server.Uploads;
using static Kinora.Server.Tests.Uploads.UploadServer;

namespace Kinora.Server.Tests.Uploads;

/// <summary>Expiry and access of files.</summary>
public sealed class FileLifecycleTests
{
    [Theory]
    [InlineData("X-Fal-Object-Lifecycle")]
    [InlineData("X-Fal-Object-Lifecycle-Preference")]
    public async Task An_expired_file_is_gone_at_once_and_its_bytes_with_the_next_sweep(string header)
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync(headers: (header, """{"expiration_duration_seconds":60}"""));
        await server.PutAsync(uploadUrl, [1]);
        var name = new Uri(fileUrl).AbsolutePath["/files/".Length..];
        var fresh = await server.Api.SendAsync("GET", fileUrl);
        Assert.Equal(200, fresh.Code);
        Assert.InRange(int.Parse(fresh.Header("Cache-Control")!.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture), 1, 60);

        server.Clock.Move(TimeSpan.FromSeconds(61));
        Assert.Equal(404, (await server.Api.SendAsync("GET", fileUrl)).Code);
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.Null(await server.Api.Blobs.TryOpenAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_without_a_wish_is_kept_as_long_as_the_server_keeps_files()
    {
        await using var server = await StartAsync(options => options.FileLifetime = TimeSpan.FromDays(10));
        var (uploadUrl, fileUrl) = await server.OpenAsync();
        await server.PutAsync(uploadUrl, [1]);
        server.Clock.Move(TimeSpan.FromDays(9.9));
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.NotNull(await server.ReadAsync(fileUrl));
        server.Clock.Move(TimeSpan.FromDays(0.2));
        Assert.Null(await server.ReadAsync(fileUrl));
    }

    [Theory]
    [InlineData("allow", 200)]
    [InlineData("hide", 404)]
    [InlineData("forbid", 403)]
    public async Task The_default_rule_is_for_everyone_but_the_owner(string rule, int code)
    {
        await using var server = await StartAsync();
        var (uploadUrl, fileUrl) = await server.OpenAsync(headers: ("X-Fal-Object-Lifecycle", """{"initial_acl":{"default":"RULE"}}""".Replace("RULE", rule, StringComparison.Ordinal)));
        await server.PutAsync(uploadUrl, [1]);
        var stranger = await server.Api.SendAsync("GET", fileUrl);
        var owner = await server.Api.SendAsync("GET", fileUrl, (string?)null, ("Authorization", "Key any:thing"));

        Assert.Equal(code, stranger.Code);
        Assert.Equal((200, "no-store, private"), (owner.Code, owner.Header("Cache-Control")));
    }

    [Fact]
    public async Task A_rule_names_a_key()
    {
        await using var server = await StartAsync();
        var (_, mine) = await server.Api.CreateKeyAsync();
        var (friendId, friend) = await server.Api.CreateKeyAsync();
        var (_, other) = await server.Api.CreateKeyAsync();
        var acl = """{"initial_acl":{"default":"hide","rules":[{"user":"FRIEND","decision":"allow"}]}}""".Replace("FRIEND", friendId, StringComparison.Ordinal);
        var (uploadUrl, fileUrl) = await server.OpenAsync(headers: [("Authorization", mine), ("X-Fal-Object-Lifecycle", acl)]);
        await server.PutAsync(uploadUrl, [1]);

        foreach (var (authorization, code) in new[] { (mine, 200), (friend, 200), (other, 404), ("Key a:b", 404), (friend + "x", 404) })
            Assert.Equal(code, (await server.Api.SendAsync("GET", fileUrl, (string?)null, ("Authorization", authorization))).Code);
        Assert.Equal(404, (await server.Api.SendAsync("GET", fileUrl)).Code);
    }

    [Theory]
    [InlineData("""{"expiration_duration_seconds":60,"initial_acl":{"default":"hide","rules":[{"user":"a","decision":"allow"}]}}""")]
    [InlineData("""{"expiration_duration_seconds":0.5}""")]
    [InlineData("""{}""")]
    public void What_is_stored_reads_as_what_came(string text) => Assert.Equal(text, FileLifecycle.Parse(FileLifecycle.Parse(text, "x").ToJson(), "x").ToJson());

    [Theory]
    [InlineData("""60""")]
    [InlineData("""{"expiration_duration_seconds":0}""")]
    [InlineData("""{"expiration_duration_seconds":-1}""")]
    [InlineData("""{"expiration_duration_seconds":"60"}""")]
    [InlineData("""{"expiration_duration_seconds":1e300}""")]
    [InlineData("""{"initial_acl":"hide"}""")]
    [InlineData("""{"initial_acl":{"default":"maybe"}}""")]
    [InlineData("""{"initial_acl":{"default":1}}""")]
    [InlineData("""{"initial_acl":{"rules":{}}}""")]
    [InlineData("""{"initial_acl":{"rules":[{"user":"a"}]}}""")]
    [InlineData("""{"initial_acl":{"rules":[{"user":1,"decision":"allow"}]}}""")]
    [InlineData("""{"initial_acl":{"rules":[{"user":"\ud800","decision":"allow"}]}}""")]
    [InlineData("""not json""")]
    public async Task A_wish_that_cannot_be_understood_is_refused(string text)
    {
        await using var server = await StartAsync();
        var upload = await server.AnnounceAsync(headers: ("X-Fal-Object-Lifecycle", text));
        var submit = await server.Api.SendAsync("POST", "/queue/" + ApiServer.Turbo, ApiServer.GoodInput, ("X-Fal-Object-Lifecycle-Preference", text));
        Assert.Equal((400, 400), (upload.Code, submit.Code));
        Assert.Contains("X-Fal-Object-Lifecycle", upload.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_gets_what_its_submit_asked_for()
    {
        await using var server = await StartAsync();
        await server.Api.SubmitAsync(headers: ("X-Fal-Object-Lifecycle-Preference", """{"expiration_duration_seconds":60,"initial_acl":{"default":"forbid"}}"""));
        var job = await server.Api.ClaimAsync();
        var name = await PutBlobAsync(server);
        await server.Outputs.ApplyAsync(job, name, 1, CancellationToken.None);

        Assert.Equal(403, (await server.Api.SendAsync("GET", "/files/" + name)).Code);
        Assert.Equal(200, (await server.Api.SendAsync("GET", "/files/" + name, (string?)null, ("Authorization", "Key a:b"))).Code);
        server.Clock.Move(TimeSpan.FromSeconds(61));
        Assert.Equal(404, (await server.Api.SendAsync("GET", "/files/" + name, (string?)null, ("Authorization", "Key a:b"))).Code);
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.Null(await server.Api.Blobs.TryOpenAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_that_nobody_finished_is_collected()
    {
        await using var server = await StartAsync();
        var (uploadUrl, _) = await server.OpenAsync(isMultipart: true);
        await server.PutPartAsync(uploadUrl, 1, [1]);
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.Single(await server.StoredAsync());

        server.Clock.Move(TimeSpan.FromHours(26));
        await server.Sweep.RunAsync(CancellationToken.None);
        Assert.Empty(await server.StoredAsync());
        Assert.Contains("not valid", (await server.PutAsync(Below(uploadUrl, 1), [1])).Body, StringComparison.Ordinal);
    }

    private static async Task<string> PutBlobAsync(UploadServer server)
    {
        var path = Path.Combine(server.Staging, "source");
        await File.WriteAllBytesAsync(path, [1]);
        var name = server.Api.Blobs.CreateName("out.mp4");
        await server.Api.Blobs.PutFileAsync(name, path, "video/mp4", CancellationToken.None);
        File.Delete(path);
        return name;
    }
}
