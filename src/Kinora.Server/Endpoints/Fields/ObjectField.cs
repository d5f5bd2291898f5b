using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>An object with known fields. Fields that it does not know are ignored, as FastAPI does: callers send what older and newer servers know.</summary>
/// <param name="name">The name of the schema, for example <c>KlingV3MultiPromptElement</c>.</param>
public sealed class ObjectField<T>(string name) : InputField<T>(name)
{
    /// <summary>The fields, in the order in which documents, forms and violations list them.</summary>
    public required IReadOnlyList<InputField> Fields { get; init; }

    /// <summary>What must hold between the fields. Default: nothing.</summary>
    public IReadOnlyList<InputRule> Rules { get; init; } = [];

    /// <summary>What the object means, once every field and rule is fine.</summary>
    public required Func<InputValues, T> Build { get; init; }

    /// <inheritdoc/>
    public override string TypeName => Name;

    internal override JsonObject DescribeType(SchemaComponents components) => components.Refer(Name, () => DescribeFields(components));

    private JsonObject DescribeFields(SchemaComponents components)
    {
        var schema = new JsonObject
        {
            ["title"] = Name,
            ["type"] = "object",
            ["properties"] = new JsonObject(Fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Describe(components)))),
            ["x-fal-order-properties"] = new JsonArray([.. Fields.Select(field => (JsonNode)field.Name)]),
        };
        if (Fields.Any(field => field.IsRequired))
            schema["required"] = new JsonArray([.. Fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name)]);
        return schema;
    }

    /// <summary>An object with the first example, or else the default, of the chosen fields.</summary>
    internal JsonObject ShowExample(Func<InputField, bool> isShown) => new(Fields.Where(isShown).Select(field =>
        KeyValuePair.Create(field.Name, (field.Examples.Count > 0 ? field.Examples[0] : field.DefaultJson)?.DeepClone())));

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out T? value)
    {
        value = default;
        if (given is not JsonObject source)
        {
            return Refuse(violations, Violations.WrongType(at, "model_attributes_type", "Input should be a valid dictionary or object to extract fields from", given));
        }

        var before = violations.Count;
        var values = new InputValues(source);
        foreach (var field in Fields)
        {
            values.Read(field, at, violations);
        }

        CheckRules(values, at, violations);
        if (violations.Count > before)
        {
            return false;
        }

        value = Build(values);
        return true;
    }

    private void CheckRules(InputValues values, IReadOnlyList<object> at, ICollection<Violation> violations)
    {
        foreach (var rule in Rules.Where(rule => rule.Over.All(values.IsSound)))
        {
            if (rule.FindFault(values) is { } fault)
            {
                violations.Add(rule.At is { } field
                    ? Violations.BrokenRule([.. at, field.Name], fault, values.Source[field.Name])
                    : Violations.BrokenRule(at, fault, values.Source));
            }
        }
    }
}
