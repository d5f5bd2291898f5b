using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>
/// True or false, with the spellings that Pydantic's lax mode takes for them: 0 and 1, and <c>off f false n no</c>, <c>on t true y yes</c> and the digits as strings
/// (docs.pydantic.dev/latest/concepts/conversion_table).
/// </summary>
public sealed class BooleanField(string name) : InputField<bool>(name)
{
    private static readonly HashSet<string> s_trueWords = new(["1", "on", "t", "true", "y", "yes"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> s_falseWords = new(["0", "off", "f", "false", "n", "no"], StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string TypeName => "boolean";

    internal override JsonObject DescribeType(SchemaComponents components) => new() { ["type"] = "boolean" };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out bool value)
    {
        var kind = given?.GetValueKind();
        _ = JsonText.TryRead(given, out var word);
        value = kind is JsonValueKind.True || NumberField.IsNumber(given, 1) || (word is not null && s_trueWords.Contains(word));
        if (value || kind is JsonValueKind.False || NumberField.IsNumber(given, 0) || (word is not null && s_falseWords.Contains(word)))
        {
            return true;
        }

        return Refuse(violations, kind is JsonValueKind.String or JsonValueKind.Number
            ? Violations.WrongType(at, "bool_parsing", "Input should be a valid boolean, unable to interpret input", given)
            : Violations.WrongType(at, "bool_type", "Input should be a valid boolean", given));
    }
}
