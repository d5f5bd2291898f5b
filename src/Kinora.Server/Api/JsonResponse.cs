using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>Writes JSON answers in one piece, with their length, as <c>application/json</c>: the only type whose body the JavaScript client reads.</summary>
internal static class JsonResponse
{
    private const int LargestKeptBufferBytes = 64 << 10;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>Answers with a record of the wire.</summary>
    public static Task WriteAsync<T>(HttpResponse response, int statusCode, T body, JsonTypeInfo<T> type) =>
        WriteAsync(response, statusCode, (body, type), static (writer, state) => JsonSerializer.Serialize(writer, state.body, state.type));

    /// <summary>Answers with whatever <paramref name="write"/> writes. It must not write another answer meanwhile.</summary>
    public static Task WriteAsync<T>(HttpResponse response, int statusCode, T state, Action<Utf8JsonWriter, T> write)
    {
        response.StatusCode = statusCode;
        response.ContentType = "application/json";
        var bytes = Render(state, write);
        response.ContentLength = bytes.Length;
        response.BodyWriter.Write(bytes);
        DropLargeBuffer();
        return response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted).AsTask();
    }

    /// <summary>Appends one server-sent event with a record of the wire as its data; the caller flushes.</summary>
    public static void WriteEvent<T>(HttpResponse response, T state, Action<Utf8JsonWriter, T> write)
    {
        response.BodyWriter.Write("data: "u8);
        response.BodyWriter.Write(Render(state, write));
        response.BodyWriter.Write("\n\n"u8);
        DropLargeBuffer();
    }

    // The bytes live until the next call on this thread; every caller copies them before it awaits.
    private static ReadOnlySpan<byte> Render<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4 << 10);
        var writer = s_writer ??= new Utf8JsonWriter(buffer, s_options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void DropLargeBuffer()
    {
        if (s_buffer!.Capacity <= LargestKeptBufferBytes) return;
        s_buffer = null;
        s_writer = null;
    }
}
