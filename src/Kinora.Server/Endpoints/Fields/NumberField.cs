using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>A number with or without a fraction, within bounds. A string that spells a number is taken for it, as Pydantic's lax mode does.</summary>
public sealed class NumberField(string name) : InputField<double>(name)
{
    /// <summary>Smallest accepted value.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest accepted value.</summary>
    public required double Maximum { get; init; }

    /// <inheritdoc/>
    public override string TypeName => "float";

    /// <summary>Whether a value is this very number.</summary>
    internal static bool IsNumber(JsonNode? given, double number) =>
        given?.GetValueKind() == JsonValueKind.Number && TryParse(given.ToJsonString(), out var value) && value == number;

    internal override JsonObject DescribeType(SchemaComponents components) => new() { ["type"] = "number", ["minimum"] = Minimum, ["maximum"] = Maximum };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out double value)
    {
        value = 0;
        if (given?.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return Refuse(violations, Violations.WrongType(at, "float_type", "Input should be a valid number", given));
        }

        var text = JsonText.SpellNumber(given);
        if (!TryParse(text, out value))
        {
            return Refuse(violations, Violations.WrongType(at, "float_parsing", "Input should be a valid number, unable to parse string as a number", given));
        }

        // Written so that NaN, which compares with nothing, is refused too.
        return value >= Minimum
            ? value <= Maximum || Refuse(violations, Violations.AboveMaximum(at, Maximum, given))
            : Refuse(violations, Violations.BelowMinimum(at, Minimum, given));
    }

    private static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
