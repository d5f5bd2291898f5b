using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Webhooks;

/// <summary>What a receiver is told of a job that has ended: the same bytes at every try.</summary>
internal static class WebhookBody
{
    private const string NotSerializable =
        "Response payload is not JSON serializable. Either return a JSON serializable object or use the queue endpoint to retrieve the response.";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the body, UTF-8 JSON. Null if retention has erased what was to be told.</summary>
    /// <param name="job">An ended job.</param>
    /// <param name="filesBase">Where files can be fetched, with a trailing slash.</param>
    public static byte[]? Write(Job job, string filesBase) => job switch
    {
        { State: JobState.Completed, Output: null } => null,
        { State: JobState.Completed, Output: { } output } => WriteEnvelope(job, "OK", Render(writer => OutputJson.Write(writer, output, filesBase))),
        { State: JobState.Failed, Failure: { } failure } =>
            WriteEnvelope(job, "ERROR", Render(writer => ErrorResponses.WriteFailureBody(writer, failure)), FailureShape.Of(failure).Summarise(failure.Message)),
        { State: JobState.Cancelled } => WriteEnvelope(job, "ERROR", Render(ErrorResponses.WriteCancelledBody), ErrorResponses.CancelledMessage),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.State, "The job has not ended."),
    };

    private static byte[] WriteEnvelope(Job job, string status, byte[]? payload, string? error = null) => Render(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("request_id", job.Id);
        writer.WriteString("gateway_request_id", job.Id);
        writer.WriteString("status", status);
        writer.WriteString("error", error);
        writer.WritePropertyName("payload");
        if (payload is null)
        {
            writer.WriteNullValue();
            writer.WriteString("payload_error", NotSerializable);
        }
        else
        {
            writer.WriteRawValue(payload, skipInputValidation: true);
        }

        writer.WriteEndObject();
    })!;

    // Null if what was stored is no JSON.
    private static byte[]? Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer, s_options);
            write(writer);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
