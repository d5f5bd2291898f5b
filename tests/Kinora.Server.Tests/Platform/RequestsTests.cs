using System.Text;
using Kinora.Jobs;
using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Platform.PlatformAccessTests;

namespace Kinora.Server.Tests.Platform;

/// <summary>The history of requests, and the erasing of what they carried.</summary>
public sealed class RequestsTests
{
    private const string ByEndpoint = "/v1/models/requests/by-endpoint?endpoint_id=" + ApiServer.Turbo;

    [Fact]
    public async Task Ended_requests_are_listed_with_their_status_codes()
    {
        await using var server = await ApiServer.StartAsync();
        var good = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync());
        var bad = await server.SubmitAsync("not json");
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false));
        await server.SubmitAsync();

        var plain = (await server.SendAsync("GET", ByEndpoint)).Json["items"]!.AsArray();
        var full = (await server.SendAsync("GET", ByEndpoint + "&expand=payloads")).Json["items"]!.AsArray();

        Assert.Equal([($"{bad}", 422), ($"{good}", 200)], plain.Select(item => ((string)item!["request_id"]!, (int)item["status_code"]!)));
        Assert.Null(plain[1]!["json_input"]);
        Assert.Equal(ApiServer.GoodInput, full[1]!["json_input"]!.ToJsonString());
        Assert.Equal($"http://{server.Authority}/files/b/0123/out.mp4", (string?)full[1]!["json_output"]!["video"]!["url"]);
        Assert.Equal("not json", (string?)full[0]!["json_input"]);
    }

    [Fact]
    public async Task A_key_sees_its_own_requests_and_no_others()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, alice) = await server.CreateKeyAsync();
        var (_, bob) = await server.CreateKeyAsync();
        var id = await server.SubmitAsync(headers: ("Authorization", alice));
        await server.CompleteAsync(await server.ClaimAsync());

        Assert.Single((await server.SendAsync("GET", ByEndpoint, (string?)null, ("Authorization", alice))).Json["items"]!.AsArray());
        Assert.Empty((await server.SendAsync("GET", ByEndpoint, (string?)null, ("Authorization", bob))).Json["items"]!.AsArray());
        AssertError(await server.SendAsync("DELETE", $"/v1/models/requests/{id}/payloads", (string?)null, ("Authorization", bob)), 404, "not_found");
        Assert.NotNull((await server.Jobs.FindAsync(id, default))!.Output);
    }

    [Fact]
    public async Task Erased_payloads_and_files_are_gone_for_good()
    {
        await using var server = await ApiServer.StartAsync();
        var blob = server.Blobs.CreateName("out.mp4");
        await server.Blobs.PutFileAsync(blob, await CreateFileAsync(), "video/mp4", default);
        var id = await server.SubmitAsync();
        var job = await server.ClaimAsync();
        await server.Jobs.CompleteAsync(id, job.Attempt, $$$"""{"video":{"blob":"{{{blob}}}"}}""", 5m, [blob], default);

        var erased = (await server.SendAsync("DELETE", $"/v1/models/requests/{id}/payloads")).Json;

        var result = Assert.Single(erased["cdn_delete_results"]!.AsArray())!;
        Assert.Equal(($"http://{server.Authority}/files/{blob}", null), ((string?)result["link"], (string?)result["exception"]));
        Assert.Equal(404, (await server.SendAsync("GET", "/files/" + blob)).Code);
        Assert.Equal(404, (await server.SendAsync("GET", $"/queue/{ApiServer.Application}/requests/{id}")).Code);
        Assert.Equal("""{"cdn_delete_results":[]}""", (await server.SendAsync("DELETE", $"/v1/models/requests/{id}/payloads")).Body);
    }

    [Fact]
    public async Task What_is_not_over_or_not_there_cannot_be_erased()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SubmitAsync();

        AssertError(await server.SendAsync("DELETE", $"/v1/models/requests/{id}/payloads"), 400, "validation_error");
        AssertError(await server.SendAsync("DELETE", $"/v1/models/requests/{Guid.NewGuid()}/payloads"), 404, "not_found");
        AssertError(await server.SendAsync("DELETE", "/v1/models/requests/..%2Fx/payloads"), 404, "not_found");
    }

    private static async Task<string> CreateFileAsync()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, Encoding.ASCII.GetBytes("video"));
        return path;
    }
}
