using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>One field of an input: what it is called, what it is for, and (in its kinds) what it may hold.</summary>
public abstract class InputField
{
    private protected InputField(string name) => Name = name;

    /// <summary>The name on the wire, for example <c>start_image_url</c>.</summary>
    public string Name { get; }

    /// <summary>The name for people. Default: the wire's name in words, for example <c>Start Image Url</c>.</summary>
    public string Title { get => field ?? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Name.Replace('_', ' ')); init; }

    /// <summary>What it is for, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it must be given. An optional field may also be given as <c>null</c>, which means its default.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Values to show in documents and forms, the best one first. An example of null shows the field as left out.</summary>
    public IReadOnlyList<JsonNode?> Examples { get; init; } = [];

    /// <summary>What an endpoint can do because it has this field, for example <c>End image</c>; null if nothing worth naming.</summary>
    public string? Capability { get; init; }

    /// <summary>The default as JSON, or null if there is none.</summary>
    public abstract JsonNode? DefaultJson { get; }

    /// <summary>The kind of value in documents for people, for example <c>list&lt;KlingV3MultiPromptElement&gt;</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>The default as a value.</summary>
    internal abstract object? DefaultValue { get; }

    /// <summary>What the field may hold, as an OpenAPI 3.0 schema without name, description and default. Named objects go into <paramref name="components"/>.</summary>
    internal abstract JsonObject DescribeType(SchemaComponents components);

    /// <summary>The whole field as an OpenAPI 3.0 schema (spec.openapis.org/oas/v3.0.4, section 4.8.24), which has no list of examples: the best one is shown.</summary>
    internal JsonObject Describe(SchemaComponents components)
    {
        var schema = new JsonObject { ["title"] = Title };
        foreach (var (keyword, value) in DescribeType(components).ToList())
            schema[keyword] = value?.DeepClone();
        schema["description"] = Description;
        if (!IsRequired)
            schema["nullable"] = true;
        if (DefaultJson is { } standard)
            schema["default"] = standard;
        if (Examples.Count > 0)
            schema["example"] = Examples[0]?.DeepClone();
        return schema;
    }

    /// <summary>Reads a value that was given. Adds every violation and returns false if there is one.</summary>
    internal abstract bool TryReadValue(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out object? value);
}
