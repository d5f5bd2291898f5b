using System.Text.Json;

namespace Kinora.Server.Api;

/// <summary>
/// Writes a stored output for a client: every object that holds <c>blob</c>, the name of a stored file, gets <c>url</c> instead, on the host that the client
/// used. Jobs know no hosts, so the name is all that they store.
/// </summary>
internal static class OutputJson
{
    private const string Blob = "blob";

    private static readonly string[] s_fileFields = ["content_type", "file_name", "file_size"];

    /// <summary>Writes <paramref name="output"/> with file URLs below <paramref name="filesBase"/>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="output">The output as the job stored it, JSON text.</param>
    /// <param name="filesBase">For example <c>https://example.org/files/</c>.</param>
    public static void Write(Utf8JsonWriter writer, string output, string filesBase)
    {
        using var document = JsonDocument.Parse(output);
        Write(writer, document.RootElement, filesBase);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string filesBase)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element, filesBase);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(writer, item, filesBase);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, string filesBase)
    {
        var isFile = element.TryGetProperty(Blob, out var blob) && blob.ValueKind == JsonValueKind.String;
        writer.WriteStartObject();
        if (isFile) WriteFile(writer, element, filesBase + blob.GetString());
        foreach (var property in element.EnumerateObject())
        {
            if (isFile && (property.NameEquals(Blob) || s_fileFields.Contains(property.Name))) continue;
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, filesBase);
        }

        writer.WriteEndObject();
    }

    // The order in which the hosted service writes a file.
    private static void WriteFile(Utf8JsonWriter writer, JsonElement element, string url)
    {
        writer.WriteString("url", url);
        foreach (var name in s_fileFields)
        {
            if (!element.TryGetProperty(name, out var value)) continue;
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
