using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Listing;
using Kinora.Server.Api;
using Kinora.Server.Engines;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary>Jobs as the pages read them.</summary>
internal sealed class JobJson(PreviewBoard board)
{
    /// <summary>A job as lists show it.</summary>
    public JsonObject Describe(ListedJob job, PlatformCall call) => new()
    {
        ["request_id"] = job.Id.ToString(),
        ["endpoint_id"] = job.Endpoint,
        ["owner"] = job.Owner,
        ["state"] = JobWords.Of(job.State),
        ["failure"] = job.Failure is { } failure ? JobWords.Of(failure) : null,
        ["attempt"] = job.Attempt,
        ["created_at"] = job.CreatedAt,
        ["started_at"] = job.StartedAt,
        ["ended_at"] = job.EndedAt,
        ["duration"] = job.RunTime?.TotalSeconds,
        ["phase"] = job.Progress?.Phase,
        ["fraction"] = job.Progress?.Fraction,
        ["worker"] = job.WorkerId,
        ["preview"] = board.TryGet(job.Id, out var preview) ? preview.Version : null,
        ["seconds_left"] = board.TimeLeft(job.Id)?.TotalSeconds,
        ["erased"] = job.IsErased,
        ["prompt"] = job.SearchText,
        ["seconds"] = job.BillableUnits,
        ["output"] = job.Output is { } output ? ToWire(output, call) : null,
    };

    // The file's URL is the caller's own way to this server, so that the page may play it.
    private static JsonNode? ToWire(string output, PlatformCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) OutputJson.Write(writer, output, call.Addresses.Run + FileEndpoint.Prefix);
        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
