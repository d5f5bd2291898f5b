using Kinora.Jobs.Files;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed class SessionEndpointTests
{
    [Fact]
    public async Task Without_keys_the_local_user_needs_no_session()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var answer = await server.SendAsync("GET", "/kinora/session");

        Assert.Equal((true, true, true, "local"), ((bool)answer.Json["signed_in"]!, (bool)answer.Json["keyless"]!, (bool)answer.Json["is_admin"]!, (string)answer.Json["owner"]!));
        Assert.Equal($"http://{server.Authority}/queue", (string?)answer.Json["queue_url"]);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_key_opens_a_session_whose_cookie_opens_the_API()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        Assert.False((bool)(await server.SendAsync("GET", "/kinora/session")).Json["signed_in"]!);

        var (answer, cookie) = await SignInAsync(server, header);

        Assert.Equal((keyId, "test", false), ((string)answer.Json["owner"]!, (string)answer.Json["alias"]!, (bool)answer.Json["is_admin"]!));
        var setCookie = answer.Header("Set-Cookie")!;
        Assert.Contains("httponly", setCookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", setCookie, StringComparison.Ordinal);
        Assert.Contains("path=/", setCookie, StringComparison.Ordinal);
        Assert.Equal(200, (await server.SendAsync("GET", "/v1/kinora/requests", (string?)null, cookie)).Code);
        Assert.True((bool)(await server.SendAsync("GET", "/kinora/session", (string?)null, cookie)).Json["signed_in"]!);
        Assert.DoesNotContain(cookie.Value.Split('=')[1], string.Join('\n', server.LogLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_something_needs_the_sessions_second_token()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, header) = await server.CreateKeyAsync();
        var (answer, cookie) = await SignInAsync(server, header);
        var csrf = (string)answer.Json["csrf"]!;

        Assert.Equal(403, (await server.SendAsync("POST", "/queue/" + ApiServer.Turbo, ApiServer.GoodInput, cookie)).Code);
        Assert.Equal(403, (await server.SendAsync("POST", "/queue/" + ApiServer.Turbo, ApiServer.GoodInput, cookie, ("X-Kinora-Csrf", csrf + "x"))).Code);
        Assert.Equal(403, (await server.SendAsync("DELETE", "/kinora/session", (string?)null, cookie)).Code);
        await server.SubmitAsync(headers: [cookie, ("X-Kinora-Csrf", csrf)]);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_signed_out_or_its_key_is_revoked()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        var (answer, first) = await SignInAsync(server, header);
        var (_, second) = await SignInAsync(server, header);

        var signedOut = await server.SendAsync("DELETE", "/kinora/session", (string?)null, first, ("X-Kinora-Csrf", (string)answer.Json["csrf"]!));
        Assert.Equal(204, signedOut.Code);
        Assert.Contains("expires=Thu, 01 Jan 1970", signedOut.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Equal(401, (await server.SendAsync("GET", "/v1/kinora/requests", (string?)null, first)).Code);

        Assert.Equal(200, (await server.SendAsync("GET", "/v1/kinora/requests", (string?)null, second)).Code);
        await server.Keys.RevokeAsync(keyId, default);
        Assert.Equal(401, (await server.SendAsync("GET", "/v1/kinora/requests", (string?)null, second)).Code);
    }

    [Theory]
    [InlineData("""{"key":"nobody:nothing"}""", 401)]
    [InlineData("""{"key":7}""", 401)]
    [InlineData("no json", 401)]
    public async Task What_is_no_key_opens_no_session(string body, int code)
    {
        await using var server = await PlaygroundServer.StartAsync();
        await server.CreateKeyAsync();

        var answer = await server.SendAsync("POST", "/kinora/session", body);

        Assert.Equal((code, null), (answer.Code, answer.Header("Set-Cookie")));
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_sign_a_browser_in()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, header) = await server.CreateKeyAsync();

        var answer = await server.SendAsync("POST", "/kinora/session", new StringContent($$"""{"key":"{{header[4..]}}"}""", System.Text.Encoding.UTF8, "text/plain"));

        Assert.Equal((415, null), (answer.Code, answer.Header("Set-Cookie")));
    }

    [Fact]
    public async Task A_file_with_access_rules_is_shown_to_its_owners_session_and_to_no_one_else()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        var (_, cookie) = await SignInAsync(server, header);
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "content");
        var name = server.Blobs.CreateName("out.mp4");
        await server.Blobs.PutFileAsync(name, path, "video/mp4", default);
        await server.Get<IFileStore>().PutAsync(
            new StoredFile { BlobName = name, Owner = keyId, LengthBytes = 7, CreatedAt = ApiServer.Moment, Access = """{"default":"forbid"}""", IsOutput = true }, default);

        Assert.Equal(200, (await server.SendAsync("GET", "/files/" + name, (string?)null, cookie)).Code);
        Assert.Equal(403, (await server.SendAsync("GET", "/files/" + name)).Code);
    }

    private static async Task<(Answer Answer, (string Name, string Value) Cookie)> SignInAsync(ApiServer server, string header)
    {
        var answer = await server.SendAsync("POST", "/kinora/session", $$"""{"key":"{{header[4..]}}"}""");
        Assert.Equal(200, answer.Code);
        return (answer, ("Cookie", answer.Header("Set-Cookie")!.Split(';')[0]));
    }
}
