using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Documents;

/// <summary>JSON as it stands in a text: letters, quotes and ampersands as themselves.</summary>
internal static class LlmsJson
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions[] Indentations = [.. new[] { 2, 4 }.Select(size =>
        new JsonSerializerOptions(OneLine) { WriteIndented = true, IndentSize = size, NewLine = "\n" })];

    /// <summary>On one line.</summary>
    public static string Compact(JsonNode? node) => node?.ToJsonString(OneLine) ?? "null";

    /// <summary>On many lines, indented by 2 or 4 spaces a level.</summary>
    public static string Indented(JsonNode node, int indent) => node.ToJsonString(Indentations[indent == 4 ? 1 : 0]);
}
