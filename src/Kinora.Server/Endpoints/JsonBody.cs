using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Kinora.Server.Endpoints;

/// <summary>Reads a request body as JSON, and says what is wrong with it as FastAPI would.</summary>
public static class JsonBody
{
    /// <summary>Deepest nesting that is read. The deepest input of any endpoint has four levels; a limit keeps hostile bodies from exhausting the stack.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>
    /// Parses a whole body. An empty one is <c>missing</c> at <c>body</c>; one that is no JSON, no UTF-8, nested deeper than <see cref="MaxDepth"/>
    /// or names a property twice is <c>json_invalid</c> at the character where reading stopped.
    /// </summary>
    /// <param name="utf8">The body as it came; a byte order mark is skipped.</param>
    /// <param name="body">The parsed body; null for JSON <c>null</c>, which <see cref="ModelEndpoint.Validate"/> refuses.</param>
    /// <param name="violation">What is wrong, when the answer is false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonNode? body, [NotNullWhen(false)] out Violation? violation)
    {
        body = null;
        utf8 = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        violation = utf8.IsEmpty ? Violations.Missing(["body"], owner: null) : null;
        if (violation is null && !Utf8.IsValid(utf8.Span))
        {
            violation = Invalid(CountValidCharacters(utf8.Span), "The body is not UTF-8");
        }

        return violation is null && TryParseText(utf8, out body, out violation);
    }

    private static bool TryParseText(ReadOnlyMemory<byte> utf8, out JsonNode? body, [NotNullWhen(false)] out Violation? violation)
    {
        violation = null;
        body = null;
        try
        {
            body = JsonNode.Parse(utf8.Span, documentOptions: s_options);
        }
        catch (JsonException failure)
        {
            violation = Invalid(PositionOf(failure, utf8.Span), Describe(failure));
        }
        catch (InvalidOperationException)
        {
            violation = Invalid(0, "A property name holds half a character (a lone surrogate)");
        }

        return violation is null;
    }

    private static Violation Invalid(int position, string error) =>
        new(["body", position], "JSON decode error", "json_invalid", new JsonObject { ["error"] = error }, new JsonObject());

    private static string Describe(JsonException failure)
    {
        // The reader's own message ends in its position and in advice to the programmer, neither of which is the caller's business.
        string[] tails = [" Path: ", " LineNumber: ", " Change the reader options"];
        return tails.Aggregate(failure.Message, (message, tail) => message.Split(tail)[0]);
    }

    private static int PositionOf(JsonException failure, ReadOnlySpan<byte> utf8)
    {
        var start = 0;
        for (var line = failure.LineNumber ?? 0; line > 0; line--)
        {
            var feed = utf8[start..].IndexOf((byte)'\n');
            start += feed + 1;
        }

        var end = Math.Min(start + (failure.BytePositionInLine ?? 0), utf8.Length);
        return CountValidCharacters(utf8[..(int)end]);
    }

    /// <summary>Characters as Python counts them, code points, up to the first byte that is no UTF-8.</summary>
    private static int CountValidCharacters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        while (Rune.DecodeFromUtf8(utf8, out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            utf8 = utf8[length..];
            count++;
        }

        return count;
    }
}
