using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>A whole number within bounds. 5.0 and <c>"5"</c> are taken for 5, as Pydantic's lax mode does; the value is null when nothing was given.</summary>
public sealed class IntegerField(string name) : InputField<long?>(name)
{
    /// <summary>Smallest accepted value.</summary>
    public required long Minimum { get; init; }

    /// <summary>Largest accepted value. Default: the largest 64-bit integer.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <inheritdoc/>
    public override string TypeName => "integer";

    internal override JsonObject DescribeType(SchemaComponents components) =>
        new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = Minimum, ["maximum"] = Maximum };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out long? value)
    {
        value = null;
        if (given?.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return Refuse(violations, Violations.WrongType(at, "int_type", "Input should be a valid integer", given));
        }

        var text = JsonText.SpellNumber(given);
        var isNumber = TryParse(text, out var number);
        if (!isNumber || number != Math.Truncate(number))
        {
            return Refuse(violations, isNumber || given.GetValueKind() == JsonValueKind.Number
                ? Violations.WrongType(at, "int_from_float", "Input should be a valid integer, got a number with a fractional part", given)
                : Violations.WrongType(at, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", given));
        }

        if (number < Minimum || number > Maximum)
        {
            return Refuse(violations, number < Minimum
                ? Violations.BelowMinimum(at, Minimum, given)
                : Violations.AboveMaximum(at, Maximum, given));
        }

        value = (long)number;
        return true;
    }

    /// <summary>Decimals hold every 64-bit integer exactly, which doubles do not; numbers too large for them are out of range anyway.</summary>
    private static bool TryParse(string text, out decimal number)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var isHuge = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && !double.IsNaN(real);
        number = real < 0 ? decimal.MinValue : decimal.MaxValue;
        return isHuge;
    }
}
