using System.Text.Json.Nodes;

namespace Kinora.Server.Documents;

/// <summary>The operations of the protocol as OpenAPI describes them.</summary>
internal static class OpenApiOperation
{
    /// <summary>Reading the status.</summary>
    public static JsonObject Status(string summary, JsonObject status, JsonObject errors) => new()
    {
        ["summary"] = summary,
        ["parameters"] = new JsonArray(RequestId(), Logs()),
        ["responses"] = OpenApiAnswer.With(
            errors, ("200", OpenApiAnswer.Json("It is over.", status)), ("202", OpenApiAnswer.Json("It waits or runs.", status))),
    };

    /// <summary>Watching the status.</summary>
    public static JsonObject StatusStream(JsonObject status, JsonObject errors) => new()
    {
        ["summary"] = "The status as server-sent events, until the request is over.",
        ["parameters"] = new JsonArray(RequestId(), Logs()),
        ["responses"] = OpenApiAnswer.With(errors, ("200", OpenApiAnswer.Events("One event for each change.", status))),
    };

    /// <summary>Stopping a request.</summary>
    public static JsonObject Cancel(JsonObject answer, JsonObject errors) => new()
    {
        ["summary"] = "Removes a waiting request, or tells a running one to stop.",
        ["parameters"] = new JsonArray(RequestId()),
        ["responses"] = OpenApiAnswer.With(
            errors, ("202", OpenApiAnswer.Json("It was asked to stop.", answer)), ("400", OpenApiAnswer.Json("It was over before.", answer))),
    };

    /// <summary>Submitting.</summary>
    public static JsonObject Submit(JsonObject input, JsonObject status, JsonObject errors) => new()
    {
        ["summary"] = "Puts a request into the queue. Its input is checked when it runs.",
        ["requestBody"] = Body(input),
        ["responses"] = OpenApiAnswer.With(errors, ("200", OpenApiAnswer.Json("The request status.", status))),
    };

    /// <summary>Fetching the result.</summary>
    public static JsonObject Result(JsonObject output, JsonObject errors) => new()
    {
        ["summary"] = "The output of a request that is over. It never waits.",
        ["parameters"] = new JsonArray(RequestId()),
        ["responses"] = OpenApiAnswer.With(errors, ("200", OpenApiAnswer.Json("Result of the request.", output))),
    };

    /// <summary>A synchronous run.</summary>
    public static JsonObject Run(JsonObject input, JsonObject output, JsonObject errors) => new()
    {
        ["summary"] = "Runs and waits. A hang-up cancels.",
        ["requestBody"] = Body(input),
        ["responses"] = OpenApiAnswer.With(errors, ("200", OpenApiAnswer.Json("The output.", output))),
    };

    /// <summary>A synchronous run as an event stream.</summary>
    public static JsonObject RunStream(JsonObject input, JsonObject output, JsonObject errors) => new()
    {
        ["summary"] = "Runs and answers with one event, the output: a video has no partial outputs.",
        ["requestBody"] = Body(input),
        ["responses"] = OpenApiAnswer.With(errors, ("200", OpenApiAnswer.Events("The output.", output))),
    };

    private static JsonObject Body(JsonObject input) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = input.DeepClone() } },
    };

    private static JsonObject RequestId() => new()
    {
        ["name"] = "request_id",
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string", ["description"] = "Request ID" },
    };

    private static JsonObject Logs() => new()
    {
        ["name"] = "logs",
        ["in"] = "query",
        ["required"] = false,
        ["schema"] = new JsonObject { ["type"] = "number", ["description"] = "Whether to include logs (`1`) in the response or not (`0`)." },
    };
}
