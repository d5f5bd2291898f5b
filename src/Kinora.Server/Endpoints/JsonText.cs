using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>Reads JSON strings that may be no text: <c>"\ud800"</c>, half a character, is valid JSON.</summary>
internal static class JsonText
{
    /// <summary>Reads a JSON string; false when the value is no string or its escapes stand for no text.</summary>
    public static bool TryRead(JsonNode? value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetValue<string>();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The digits of a JSON number, or the text of a string that may spell one; empty when the string's escapes stand for no text.</summary>
    public static string SpellNumber(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : TryRead(value, out var text) ? text : "";
}
