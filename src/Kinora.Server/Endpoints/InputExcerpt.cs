using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>
/// A copy of an offending value that is small whatever was sent: an error must not echo a 50 MB data URI, or a list of 100,000 items once for each of them.
/// </summary>
internal static class InputExcerpt
{
    /// <summary>Longest string that is echoed whole, in UTF-16 code units.</summary>
    private const int MaxText = 200;

    /// <summary>About how many characters one echo has, however nested.</summary>
    private const int MaxTotal = 1000;

    private const string Ellipsis = "…";

    /// <summary>Copies values until <see cref="MaxTotal"/> characters are used up, strings to <see cref="MaxText"/>; an ellipsis stands for what was left out.</summary>
    public static JsonNode? Of(JsonNode? value)
    {
        var budget = MaxTotal;
        return Copy(value, ref budget);
    }

    private static JsonNode? Copy(JsonNode? value, ref int budget)
    {
        // Brackets, separators and short numbers count as a few characters.
        budget -= 4;
        return value switch
        {
            null => null,
            JsonObject map => CopyObject(map, ref budget),
            JsonArray list => CopyList(list, ref budget),
            _ => CopyScalar(value, ref budget),
        };
    }

    private static JsonObject CopyObject(JsonObject map, ref int budget)
    {
        var copy = new JsonObject();
        foreach (var (name, item) in map)
        {
            if (budget <= 0)
            {
                copy[Ellipsis] = Ellipsis;
                break;
            }

            copy[Cut(name, ref budget)] = Copy(item, ref budget);
        }

        return copy;
    }

    private static JsonArray CopyList(JsonArray list, ref int budget)
    {
        var copy = new JsonArray();
        foreach (var item in list)
        {
            if (budget <= 0)
            {
                copy.Add(Ellipsis);
                break;
            }

            copy.Add(Copy(item, ref budget));
        }

        return copy;
    }

    private static JsonNode CopyScalar(JsonNode value, ref int budget)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            return JsonText.TryRead(value, out var text) ? Cut(text, ref budget) : Ellipsis;
        }

        var number = value.ToJsonString();
        return number.Length <= MaxText ? value.DeepClone() : Cut(number, ref budget);
    }

    private static string Cut(string text, ref int budget)
    {
        budget -= Math.Min(text.Length, MaxText);
        if (text.Length <= MaxText)
        {
            return text;
        }

        // Never cut a character in half: the first unit of a pair alone could not be written as UTF-8.
        var end = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return string.Concat(text.AsSpan(0, end), Ellipsis);
    }
}
