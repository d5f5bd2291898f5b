using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kinora.Server.Uploads;

/// <summary>JSON as a string, for what is stored.</summary>
internal static class StoredJson
{
    /// <summary>Gives what <paramref name="write"/> writes.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
