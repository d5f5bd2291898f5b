using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>A string.</summary>
public sealed class TextField(string name) : InputField<string>(name)
{
    /// <summary>Most characters (Unicode code points).</summary>
    public required int MaxLength { get; init; }

    /// <inheritdoc/>
    public override string TypeName => "string";

    internal override JsonObject DescribeType(SchemaComponents components) => new() { ["type"] = "string", ["maxLength"] = MaxLength };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out string? value)
    {
        if (!TryReadText(given, at, violations, out value))
        {
            return false;
        }

        // A code point has one or two UTF-16 units, so that few texts need counting and no huge one does.
        return value!.Length <= MaxLength || (value.Length <= 2 * MaxLength && value.EnumerateRunes().Count() <= MaxLength)
            || Refuse(violations, Violations.StringTooLong(at, MaxLength, given));
    }

    internal static bool TryReadText(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out string? text) =>
        JsonText.TryRead(given, out text) || Refuse(violations, given?.GetValueKind() == JsonValueKind.String
            ? Violations.WrongType(at, "string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string", given)
            : Violations.WrongType(at, "string_type", "Input should be a valid string", given));
}
