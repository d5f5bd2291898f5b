using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>The named schemas of an OpenAPI document, each described once however often it is referred to.</summary>
public sealed class SchemaComponents
{
    /// <summary>What was described so far, by name, in the order of the first mention.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>Gives a reference to a schema, and describes it when it was not mentioned before.</summary>
    /// <param name="name">Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</param>
    /// <param name="describe">Makes the schema.</param>
    public JsonObject Refer(string name, Func<JsonObject> describe)
    {
        if (!Schemas.ContainsKey(name))
        {
            // The place is taken first, so that what it refers to comes after it.
            Schemas[name] = null;
            Schemas[name] = describe();
        }

        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }
}
