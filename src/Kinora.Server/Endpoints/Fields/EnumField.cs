using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>
/// One of a few strings. Strict, as Pydantic's <c>Literal</c> is: the number 5 is not <c>"5"</c>. Being lenient here would let
/// a request pass that the hosted service refuses.
/// </summary>
public sealed class EnumField(string name) : InputField<string>(name)
{
    /// <summary>The accepted values, in the order in which documents and forms show them. At least two.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <inheritdoc/>
    public override string TypeName => Title.Replace(" ", "", StringComparison.Ordinal) + "Enum";

    internal override JsonObject DescribeType(SchemaComponents components) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. Options.Select(option => (JsonNode)option)]) };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out string? value)
    {
        if (JsonText.TryRead(given, out value) && Options.Contains(value))
        {
            return true;
        }

        var expected = $"{string.Join(", ", Options.SkipLast(1).Select(option => $"'{option}'"))} or '{Options[^1]}'";
        return Refuse(violations, Violations.Beyond(at, "literal_error", "expected", expected, $"Input should be {expected}", given));
    }
}
