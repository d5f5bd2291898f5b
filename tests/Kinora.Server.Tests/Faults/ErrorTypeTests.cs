using System.Text.Json.Nodes;
using Kinora.Server.Faults;

namespace Kinora.Server.Tests.Faults;

/// <summary>What a client sees of every error type that the hosted service documents.</summary>
public sealed class ErrorTypeTests(FaultyServer server) : IClassFixture<FaultyServer>
{
    public static TheoryData<string> Names => [.. ErrorTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_ends_a_request_with_its_own_status_and_body(string name)
    {
        Assert.True(ErrorTypes.TryFind(name, out var type));
        var path = await server.SubmitAsync("fail=" + name);

        var status = await server.WaitUntilOverAsync(path);
        var result = await server.SendAsync("GET", path);

        Assert.Equal((type.StatusCode, "application/json"), (result.Code, result.ContentType));
        Assert.Equal(path.Split('/')[^1], result.RequestId);
        if (type.IsModelError) CheckModelError(type, status, result);
        else CheckRequestError(type, status, result);
    }

    [Theory]
    [InlineData("content_policy_violation", 422)]
    [InlineData("runner_disconnected", 503)]
    [InlineData("generation_timeout", 504)]
    public async Task A_synchronous_run_answers_with_it_directly(string name, int statusCode)
    {
        var answer = await server.SendAsync(
            "POST", "/" + FaultyServer.Endpoint, """{"image_url":"https://nowhere.invalid/a.png","prompt":"x"}""", ("x-kinora-fault", "fail=" + name));
        Assert.Equal(statusCode, answer.Code);
        Assert.Contains(name, answer.Body, StringComparison.Ordinal);
    }

    private static void CheckModelError(ErrorType type, JsonNode status, Api.Answer result)
    {
        var entry = Assert.Single(result.Json["detail"]!.AsArray())!;
        Assert.Equal((type.Name, type.Message), (entry["type"]!.GetValue<string>(), entry["msg"]!.GetValue<string>()));
        Assert.Equal("https://docs.fal.ai/errors/#" + type.Name, entry["url"]!.GetValue<string>());
        Assert.Equal("""["body"]""", entry["loc"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(type.Context is null ? null : JsonNode.Parse(type.Context), entry["ctx"]));
        Assert.Equal(("false", "0"), (result.Header("X-Fal-Retryable"), result.Header("X-Fal-Billable-Units")));
        Assert.Equal($"Invalid status code: {type.StatusCode}", status["error"]!.GetValue<string>());
    }

    private static void CheckRequestError(ErrorType type, JsonNode status, Api.Answer result)
    {
        Assert.Equal((type.Message, type.Name), (result.Json["detail"]!.GetValue<string>(), result.Json["error_type"]!.GetValue<string>()));
        Assert.Equal(type.Name, result.Header("X-Fal-Error-Type"));
        Assert.Equal((type.Message, type.Name), (status["error"]!.GetValue<string>(), status["error_type"]!.GetValue<string>()));
    }
}
