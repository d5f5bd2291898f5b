using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Usage;
using Kinora.Server.Api;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Platform;

/// <summary>
/// <c>GET /v1/models/requests/by-endpoint</c> and <c>DELETE /v1/models/requests/{id}/payloads</c>: the history of ended requests, and what they carried.
/// A key sees its own, an admin key everyone's.
/// </summary>
internal sealed partial class RequestsEndpoint(IUsageStore usage, IBlobStore blobs, TimeProvider time, ILogger<RequestsEndpoint> logger)
{
    private const string List = "requests";
    private const string Payloads = "payloads";

    /// <summary>Answers with a page of requests, latest submit first.</summary>
    public async Task ListAsync(PlatformCall call)
    {
        var endpoints = call.Query.Endpoints();
        if (endpoints.Count == 0)
            throw PlatformRefusedException.Invalid("endpoint_id is missing: name at least one endpoint.");
        var withPayloads = call.Query.Expand([Payloads]).Count > 0;
        var window = TimeWindow.Read(call.Query, time.GetUtcNow());
        var (limit, position) = (call.Query.Limit(standard: 20, most: 100), call.Query.Position(List));
        var jobs = await usage.ReadJobsAsync(window.ToFilter(call.Owner, endpoints), position, limit + 1, withPayloads, call.Aborted);
        var page = jobs.Take(limit).ToList();
        await call.WritePageAsync(
            "items", page.Select(job => Describe(job, call, withPayloads)), jobs.Count > limit ? Cursor.Write(List, page[^1].Sequence) : null);
    }

    /// <summary>Erases input, output, log and files of an ended request; to do so again changes nothing.</summary>
    public async Task ErasePayloadsAsync(PlatformCall call)
    {
        var erasure = Guid.TryParseExact(call.Id, "D", out var id) ? await usage.ErasePayloadsAsync(id, call.Owner, CancellationToken.None) : null;
        if (erasure is null)
            throw PlatformRefusedException.NotFound("There is no such request.");
        if (!erasure.HasEnded)
            throw PlatformRefusedException.Invalid("The request is not over yet. Cancel it, or wait for its end.");

        var results = new JsonArray();
        foreach (var name in erasure.BlobNames)
            results.Add(new JsonObject { ["link"] = $"{call.Addresses.Run}{FileEndpoint.Prefix}{name}", ["exception"] = await DeleteAsync(name) });
        await call.WriteAsync(new JsonObject { ["cdn_delete_results"] = results });
    }

    private static JsonObject Describe(EndedJob job, PlatformCall call, bool withPayloads)
    {
        var item = new JsonObject
        {
            ["request_id"] = job.Id.ToString(),
            ["endpoint_id"] = job.Endpoint,
            ["sent_at"] = job.CreatedAt,
            ["started_at"] = job.StartedAt,
            ["ended_at"] = job.EndedAt,
            ["status_code"] = AnalyticsEndpoint.StatusCodeOf(job),
            ["duration"] = job.RunTime?.TotalSeconds,
        };
        if (withPayloads)
        {
            item["json_input"] = Parse(job.Input);
            item["json_output"] = job.Output is null ? null : ToWire(job.Output, call.Addresses.Run + FileEndpoint.Prefix);
        }

        return item;
    }

    // Inputs are kept as they came, and what came may have been no JSON.
    private static JsonNode? Parse(string? input)
    {
        try
        {
            return input is null ? null : JsonNode.Parse(input);
        }
        catch (JsonException)
        {
            return input;
        }
    }

    private static JsonNode? ToWire(string output, string filesBase)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            OutputJson.Write(writer, output, filesBase);
        return JsonNode.Parse(buffer.WrittenSpan);
    }

    // A file that resists is named again by the sweeps.
    private async Task<string?> DeleteAsync(string name)
    {
        try
        {
            await blobs.DeleteAsync(name, CancellationToken.None);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUndeleted(fault, name);
            return "The file could not be deleted now; the server will try again.";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The blob {Blob} could not be deleted.")]
    private partial void LogUndeleted(Exception fault, string blob);
}
