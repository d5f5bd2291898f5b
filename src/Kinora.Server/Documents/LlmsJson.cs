using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Documents;

/// <summary>JSON as it stands in a text: letters, quotes and ampersands as themselves.</summary>
internal static class LlmsJson
{
    private static readonly JsonSerializerOptions s_oneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions[] s_indentations = [.. new[] { 2, 4 }.Select(size =>
        new JsonSerializerOptions(s_oneLine) { WriteIndented = true, IndentSize = size, NewLine = "\n" })];

    /// <summary>On one line.</summary>
    public static string Compact(JsonNode? node) => node?.ToJsonString(s_oneLine) ?? "null";

    /// <summary>On many lines, indented by 2 or 4 spaces a level.</summary>
    public static string Indented(JsonNode node, int indent) => node.ToJsonString(s_indentations[indent == 4 ? 1 : 0]);
}
