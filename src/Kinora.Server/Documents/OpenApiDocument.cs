using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Documents;

/// <summary>
/// A model endpoint as an OpenAPI 3.0.4 document (spec.openapis.org/oas/v3.0.4), in the hosted service's form: <c>x-fal-metadata</c> in the info,
/// <c>x-fal-order-properties</c> in every object, schemas named after the endpoint.
/// </summary>
internal static class OpenApiDocument
{
    private const string Version = "3.0.4";

    /// <summary>The queue: submit, status, status stream, cancel, result.</summary>
    public static JsonObject OfQueue(ModelEndpoint endpoint, DocumentAddresses addresses)
    {
        var components = new SchemaComponents();
        var status = WireSchema.Refer<QueueStatus>(components);
        var (input, output) = (endpoint.Input.DescribeType(components), DescribeOutput(endpoint, components));
        var errors = OpenApiAnswer.Errors(components);
        var cancel = WireSchema.Refer<CancelAnswer>(components);
        var request = $"/{endpoint.Id}/requests/{{request_id}}";
        var paths = new JsonObject
        {
            [request + "/status"] = new JsonObject { ["get"] = OpenApiOperation.Status("Where the request stands.", status, errors) },
            [request + "/status/stream"] = new JsonObject { ["get"] = OpenApiOperation.StatusStream(status, errors) },
            [request + "/cancel"] = new JsonObject { ["put"] = OpenApiOperation.Cancel(cancel, errors) },
            ["/" + endpoint.Id] = new JsonObject { ["post"] = OpenApiOperation.Submit(input, status, errors) },
            [request] = new JsonObject { ["get"] = OpenApiOperation.Result(output, errors) },
        };
        return Create(Info("Queue", "queue", endpoint, addresses), addresses.Queue, components, paths);
    }

    /// <summary>Synchronous runs, plain and as an event stream.</summary>
    public static JsonObject OfRuns(ModelEndpoint endpoint, DocumentAddresses addresses)
    {
        var components = new SchemaComponents();
        var (input, output) = (endpoint.Input.DescribeType(components), DescribeOutput(endpoint, components));
        var errors = OpenApiAnswer.Errors(components);
        var paths = new JsonObject
        {
            ["/" + endpoint.Id] = new JsonObject { ["post"] = OpenApiOperation.Run(input, output, errors) },
            [$"/{endpoint.Id}/stream"] = new JsonObject { ["post"] = OpenApiOperation.RunStream(input, output, errors) },
        };
        return Create(Info("Synchronous", "synchronous runs", endpoint, addresses), addresses.Run, components, paths);
    }

    private static JsonObject DescribeOutput(ModelEndpoint endpoint, SchemaComponents components) =>
        WireSchema.Refer<VideoOutput>(components, endpoint.SchemaName + "Output");

    private static JsonObject Create(JsonObject info, string server, SchemaComponents components, JsonObject paths) => new()
    {
        ["openapi"] = Version,
        ["info"] = info,
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["apiKeyAuth"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "Authorization", ["description"] = "Fal Key" },
            },
            ["schemas"] = components.Schemas,
        },
        ["paths"] = paths,
        ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
        ["security"] = new JsonArray(new JsonObject { ["apiKeyAuth"] = new JsonArray() }),
    };

    private static JsonObject Info(string kind, string subject, ModelEndpoint endpoint, DocumentAddresses addresses) => new()
    {
        ["title"] = $"{kind} OpenAPI for {endpoint.Id}",
        ["version"] = "1.0.0",
        ["description"] = $"The OpenAPI schema for the {endpoint.Id} {subject}.",
        ["x-fal-metadata"] = new JsonObject
        {
            ["endpointId"] = endpoint.Id,
            ["category"] = endpoint.Category,
            ["playgroundUrl"] = addresses.LlmsText(endpoint.Id),
            ["documentationUrl"] = addresses.LlmsText(endpoint.Id),
        },
    };
}
