using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>A location is a JSON list of field names and list indices.</summary>
internal sealed class LocationConverter : JsonConverter<IReadOnlyList<object>>
{
    public override IReadOnlyList<object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A location is a list, got {reader.TokenType}.");
        }

        var parts = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            parts.Add(ReadPart(ref reader));
        }

        return parts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<object> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var part in value)
        {
            if (part is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue(Convert.ToString(part, CultureInfo.InvariantCulture));
            }
        }

        writer.WriteEndArray();
    }

    private static object ReadPart(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetInt32(out var index) => index,
        _ => throw new JsonException($"A location holds field names and list indices, got {reader.TokenType}."),
    };
}
