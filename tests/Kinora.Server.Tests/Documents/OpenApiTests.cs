using System.Net;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Documents;

public sealed class OpenApiTests
{
    private const string QueueDocument = "/api/openapi/queue/openapi.json?endpoint_id=";
    private const string SyncDocument = "/api/openapi/sync/openapi.json?endpoint_id=";

    public static TheoryData<string> Endpoints() => [.. KlingEndpoints.All.Select(endpoint => endpoint.Id)];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Every_document_keeps_the_rules_of_OpenApi(string endpoint)
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var address in new[] { QueueDocument, SyncDocument })
        {
            var answer = await server.SendAsync("GET", address + endpoint);
            Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.ContentType));
            Assert.Empty(OpenApiRules.FindFaults(answer.Json.AsObject()));
        }
    }

    [Fact]
    public async Task The_queue_document_has_the_hosted_form()
    {
        await using var server = await ApiServer.StartAsync();

        var document = (await server.SendAsync("GET", QueueDocument + ApiServer.Standard)).Json;

        Assert.Equal("3.0.4", (string?)document["openapi"]);
        Assert.Equal("Queue OpenAPI for " + ApiServer.Standard, (string?)document["info"]!["title"]);
        Assert.Equal(ApiServer.Standard, (string?)document["info"]!["x-fal-metadata"]!["endpointId"]);
        Assert.Equal("image-to-video", (string?)document["info"]!["x-fal-metadata"]!["category"]);
        Assert.Equal($"http://{server.Authority}/queue", (string?)document["servers"]![0]!["url"]);
        Assert.Equal("Authorization", (string?)document["components"]!["securitySchemes"]!["apiKeyAuth"]!["name"]);
        Assert.Equal(
            [
                $"/{ApiServer.Standard}/requests/{{request_id}}/status", $"/{ApiServer.Standard}/requests/{{request_id}}/status/stream",
                $"/{ApiServer.Standard}/requests/{{request_id}}/cancel", $"/{ApiServer.Standard}", $"/{ApiServer.Standard}/requests/{{request_id}}",
            ],
            document["paths"]!.AsObject().Select(path => path.Key));
        Assert.Superset(
            new HashSet<string>
            {
                "QueueStatus", "KlingVideoV3StandardImageToVideoInput", "KlingVideoV3StandardImageToVideoOutput", "File", "KlingV3MultiPromptElement", "KlingV3ComboElementInput",
            },
            document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).ToHashSet());
    }

    [Fact]
    public async Task The_input_schema_says_what_the_definition_says()
    {
        await using var server = await ApiServer.StartAsync();

        var schemas = (await server.SendAsync("GET", QueueDocument + ApiServer.Standard)).Json["components"]!["schemas"]!;

        var input = schemas["KlingVideoV3StandardImageToVideoInput"]!;
        Assert.Equal(
            "prompt multi_prompt start_image_url duration generate_audio end_image_url elements shot_type negative_prompt cfg_scale seed",
            string.Join(' ', input["x-fal-order-properties"]!.AsArray()));
        Assert.Equal(["start_image_url"], input["required"]!.AsArray().Select(name => (string)name!));
        var scale = input["properties"]!["cfg_scale"]!;
        Assert.Equal((0.0, 1.0, 0.5), ((double)scale["minimum"]!, (double)scale["maximum"]!, (double)scale["default"]!));
        var duration = input["properties"]!["duration"]!;
        Assert.Equal(Enumerable.Range(3, 13).Select(seconds => $"{seconds}"), duration["enum"]!.AsArray().Select(option => (string)option!));
        Assert.Equal("5", (string?)duration["default"]);
        Assert.Equal("#/components/schemas/KlingV3MultiPromptElement", (string?)input["properties"]!["multi_prompt"]!["items"]!["$ref"]);
        Assert.Equal(10_485_760, (int)input["properties"]!["start_image_url"]!["x-kinora-media"]!["max_bytes"]!);
        Assert.Equal(["prompt"], schemas["KlingV3MultiPromptElement"]!["required"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task The_status_schema_says_what_an_answer_holds()
    {
        await using var server = await ApiServer.StartAsync();
        var schemas = (await server.SendAsync("GET", QueueDocument + ApiServer.Turbo)).Json["components"]!["schemas"]!;
        var status = schemas["QueueStatus"]!["properties"]!.AsObject();

        Assert.Equal(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"], status["status"]!["enum"]!.AsArray().Select(word => (string)word!));
        Assert.Equal(["CANCELLATION_REQUESTED", "OK", "ALREADY_COMPLETED", "NOT_FOUND"], schemas["CancelAnswer"]!["properties"]!["status"]!["enum"]!.AsArray().Select(word => (string)word!));
        var id = await server.SubmitAsync();
        var answer = (await server.SendAsync("GET", $"/queue/{ApiServer.Application}/requests/{id}/status?logs=1")).Json.AsObject();
        Assert.Empty(answer.Select(property => property.Key).Except(status.Select(property => property.Key)));
        Assert.Equal(["url", "content_type", "file_name", "file_size"], schemas["File"]!["x-fal-order-properties"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Schema_examples_are_accepted_by_the_endpoint()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var endpoint in KlingEndpoints.All)
        {
            var document = (await server.SendAsync("GET", SyncDocument + endpoint.Id)).Json;
            var body = document["paths"]!["/" + endpoint.Id]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
            var input = document["components"]!["schemas"]![((string)body["$ref"]!).Split('/')[^1]]!;
            var example = new JsonObject(input["properties"]!.AsObject()
                .Where(property => property.Value!.AsObject().ContainsKey("example"))
                .Select(property => KeyValuePair.Create(property.Key, property.Value!["example"]?.DeepClone())));

            Assert.IsType<Kinora.Server.Endpoints.InputValidation.Accepted>(endpoint.Validate(example));
        }
    }

    [Theory]
    [InlineData(QueueDocument + "fal-ai/kling-video/v3/standard/text-to-video")]
    [InlineData(QueueDocument)]
    [InlineData("/api/openapi/queue/openapi.json")]
    [InlineData(SyncDocument + "nobody/nothing")]
    public async Task An_unknown_model_is_null(string address)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.SendAsync("GET", address);

        Assert.Equal((HttpStatusCode.NotFound, "null", "application/json"), (answer.StatusCode, answer.Body, answer.ContentType));
    }

    [Fact]
    public async Task The_addresses_are_those_the_reader_used()
    {
        await using var server = await ApiServer.StartAsync();

        var onQueue = await server.SendAsync("GET", QueueDocument + ApiServer.Turbo, (string?)null, ("Host", "queue.localhost:1234"));
        var sync = await server.SendAsync("GET", SyncDocument + ApiServer.Turbo, (string?)null, ("Host", "localhost:1234"));

        Assert.Equal("http://queue.localhost:1234", (string?)onQueue.Json["servers"]![0]!["url"]);
        Assert.Equal("http://localhost:1234", (string?)sync.Json["servers"]![0]!["url"]);
    }

    [Fact]
    public async Task Documents_need_no_key_and_take_no_other_method()
    {
        await using var server = await ApiServer.StartAsync(options => options.RequireKeys = true);

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", QueueDocument + ApiServer.Turbo)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("HEAD", "/llms.txt")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.SendAsync("POST", QueueDocument + ApiServer.Turbo, "{}")).StatusCode);
    }
}
