using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Api;

/// <summary>
/// Reads a stored input as JSON. What is refused here is refused as FastAPI does it: one violation of type <c>json_invalid</c>.
/// Beyond plain JSON, names must not repeat, text must not hold half a surrogate pair, and nothing may be nested more than 64 levels deep,
/// so that nothing which reads the tree later can fail on it.
/// </summary>
public static class InputBody
{
    private const int MaxDepth = 64;

    /// <summary>Parses the text of a request's body.</summary>
    /// <param name="text">The body as it came.</param>
    /// <param name="body">The tree; null stands for JSON <c>null</c>.</param>
    /// <param name="violation">Why it cannot be read; null if it can.</param>
    public static bool TryParse(string text, out JsonNode? body, [NotNullWhen(false)] out Violation? violation)
    {
        body = null;
        violation = null;
        if (text.Length == 0)
        {
            violation = new Violation(["body"], "Field required", "missing");
            return false;
        }

        try
        {
            CheckText(text);
            body = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException e)
        {
            violation = Invalid(e.BytePositionInLine ?? 0, e.Message);
        }
        catch (InvalidOperationException)
        {
            violation = Invalid(0, "A string holds half a surrogate pair, which is no character.");
        }

        return false;
    }

    private static Violation Invalid(long position, string reason) =>
        new(["body", (int)Math.Min(position, int.MaxValue)], "JSON decode error", "json_invalid", new JsonObject { ["error"] = reason }, new JsonObject());

    // Only escapes can spell half a pair: the body itself was decoded strictly.
    private static void CheckText(string text)
    {
        if (!text.Contains("\\u", StringComparison.OrdinalIgnoreCase)) return;

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
        }
    }
}
