using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>
/// A list of values of one kind. One that is too long or too short is refused without a look at its items, so that the work, and the answer, stay small.
/// </summary>
public sealed class ListField<T>(string name, InputField<T> item) : InputField<IReadOnlyList<T>>(name)
{
    /// <summary>What each item is.</summary>
    public InputField<T> Item { get; } = item;

    /// <summary>Fewest items. Default 0.</summary>
    public int MinItems { get; init; }

    /// <summary>Most items.</summary>
    public required int MaxItems { get; init; }

    /// <inheritdoc/>
    public override string TypeName => $"list<{Item.TypeName}>";

    internal override JsonObject DescribeType(SchemaComponents components) => new()
    {
        ["type"] = "array",
        ["items"] = Item.DescribeType(components),
        ["minItems"] = MinItems,
        ["maxItems"] = MaxItems,
    };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out IReadOnlyList<T>? value)
    {
        value = null;
        if (given is not JsonArray list)
        {
            return Refuse(violations, Violations.WrongType(at, "list_type", "Input should be a valid list", given));
        }

        return CheckCount(list, at) is { } violation ? Refuse(violations, violation) : TryReadItems(list, at, violations, out value);
    }

    private Violation? CheckCount(JsonArray list, IReadOnlyList<object> at)
    {
        if (list.Count > MaxItems)
        {
            return Violations.Beyond(at, "sequence_too_long", "max_length", MaxItems, $"List should have at most {Count(MaxItems)}, not {list.Count}", list);
        }

        return list.Count >= MinItems
            ? null
            : Violations.Beyond(at, "sequence_too_short", "min_length", MinItems, $"List should have at least {Count(MinItems)}, not {list.Count}", list);
    }

    private bool TryReadItems(JsonArray list, IReadOnlyList<object> at, ICollection<Violation> violations, out IReadOnlyList<T> value)
    {
        var items = new List<T>(list.Count);
        for (var index = 0; index < list.Count; index++)
        {
            if (Item.TryRead(list[index], [.. at, index], violations, out var item))
            {
                items.Add(item!);
            }
        }

        value = items;
        return items.Count == list.Count;
    }

    private static string Count(int items) => items == 1 ? "1 item" : $"{items} items";
}
