using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>On the wire a medium is its address.</summary>
internal sealed class MediaInputConverter : JsonConverter<MediaInput>
{
    public override MediaInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MediaInput.FromString(reader.GetString() ?? throw new JsonException("Expected the address of a medium, got null."));

    public override void Write(Utf8JsonWriter writer, MediaInput value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Url ?? throw new InvalidOperationException($"{value} is not uploaded yet. Send the input itself, or upload the content first."));
}
