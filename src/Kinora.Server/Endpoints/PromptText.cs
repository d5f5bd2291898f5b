using System.Text;
using System.Text.Json;

namespace Kinora.Server.Endpoints;

/// <summary>The words of an input: its prompt, or its shots' prompts one a line. Read off the bytes as they came, because a submit does not wait for a parse.</summary>
internal static class PromptText
{
    /// <summary>No prompt that passes validation is longer; six shots are cut.</summary>
    private const int MostCharacters = 4_000;

    /// <summary>Finds them.</summary>
    /// <param name="input">JSON text, which may be anything.</param>
    /// <returns>The words; null if there are none, or the input is no JSON object.</returns>
    public static string? Of(string input)
    {
        try
        {
            var words = new StringBuilder();
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(input), new JsonReaderOptions { MaxDepth = JsonBody.MaxDepth });
            while (reader.Read() && words.Length < MostCharacters) Read(ref reader, words);
            var text = words.ToString().Trim();
            return text.Length == 0 ? null : text.Length <= MostCharacters ? text : text[..MostCharacters];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Properties of the input are at depth 1, those of a shot at depth 3.
    private static void Read(ref Utf8JsonReader reader, StringBuilder words)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth is not (1 or 3) || !reader.ValueTextEquals("prompt")) return;
        if (reader.Read() && reader.TokenType == JsonTokenType.String) words.Append(reader.GetString()).Append('\n');
    }
}
