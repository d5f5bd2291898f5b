using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Documents;

/// <summary>The answers of an operation, by status code.</summary>
internal static class OpenApiAnswer
{
    /// <summary>What may go wrong with every operation.</summary>
    public static JsonObject Errors(SchemaComponents components)
    {
        var request = WireSchema.Refer<RequestErrorBody>(components);
        return new JsonObject
        {
            ["401"] = Json("No key, or none that opens this server.", request),
            ["404"] = Json("No such request, model or path.", []),
            ["422"] = Json("The input is not acceptable: every reason at once.", WireSchema.Refer<ModelErrorBody>(components)),
            ["default"] = Json("The request failed, or could not be taken.", request),
        };
    }

    /// <summary>An answer with a JSON body.</summary>
    public static JsonObject Json(string description, JsonObject schema) => Typed(description, "application/json", schema);

    /// <summary>An answer that is a stream of server-sent events, each with this body.</summary>
    public static JsonObject Events(string description, JsonObject schema) => Typed(description, "text/event-stream", schema);

    /// <summary>Puts good answers before the errors.</summary>
    public static JsonObject With(JsonObject errors, params (string Code, JsonObject Answer)[] good)
    {
        var answers = new JsonObject(good.Select(answer => KeyValuePair.Create<string, JsonNode?>(answer.Code, answer.Answer)));
        foreach (var (code, answer) in errors)
            answers.TryAdd(code, answer!.DeepClone());
        return answers;
    }

    private static JsonObject Typed(string description, string mediaType, JsonObject schema) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [mediaType] = new JsonObject { ["schema"] = schema.DeepClone() } },
    };
}
