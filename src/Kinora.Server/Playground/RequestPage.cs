using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Kinora.Server.Platform;
using Kinora.Server.Webhooks;

namespace Kinora.Server.Playground;

/// <summary>Gathers everything that is known of a request: what lists show, input, failure, log, plan, cost, webhook and the day of its deletion.</summary>
internal sealed class RequestPage(IJobStore jobs, IWebhookStore webhooks, EndpointCatalog catalog, JobJson json, JobsOptions options)
{
    /// <summary>Describes a request.</summary>
    public async Task<JsonObject> DescribeAsync(ListedJob listed, PlatformCall call)
    {
        var answer = json.Describe(listed, call);
        if (await jobs.FindAsync(listed.Id, call.Aborted) is not { } job) return answer;

        var log = await jobs.ReadLogAsync(job.Id, 0, call.Aborted);
        var status = job.State == JobState.Queued ? await jobs.FindStatusAsync(job.Id, call.Aborted) : null;
        answer["position"] = status?.QueuePosition;
        answer["max_attempts"] = job.MaxAttempts;
        answer["cancel_requested"] = job.CancelRequested;
        answer["expires_at"] = job.EndedAt + options.Retention.Jobs;
        answer["tags"] = job.Tags is { } tags ? JsonNode.Parse(tags) : null;
        answer["input"] = Parse(job.Input);
        answer["error"] = job.Failure is { } failure ? Describe(failure) : null;
        answer["cost"] = CostOf(job);
        answer["plan"] = new JsonArray([.. PlanLines.Of(log).Select(line => (JsonNode)line)]);
        answer["log"] = new JsonArray([.. log.Select(Describe)]);
        answer["webhook"] = await webhooks.FindAsync(job.Id, call.Aborted) is { } delivery ? Write(delivery, DeliveryJson.WriteWithLog) : null;
        return answer;
    }

    private static JsonObject Describe(JobLogLine line) => new()
    {
        ["sequence"] = line.Sequence,
        ["timestamp"] = line.Timestamp,
        ["level"] = line.Level.ToString().ToLowerInvariant(),
        ["message"] = line.Message,
    };

    private static JsonObject Describe(JobFailure failure)
    {
        var body = Write(failure, ErrorResponses.WriteFailureBody)!.AsObject();
        body["status_code"] = FailureShape.Of(failure).StatusCode;
        body["message"] = failure.Message;
        return body;
    }

    private JsonObject? CostOf(Job job)
    {
        if (job is not { BillableUnits: { } units, Input: { } input } || !catalog.TryFind(job.Endpoint, out var endpoint)
            || !JsonBody.TryParse(Encoding.UTF8.GetBytes(input), out var body, out _) || endpoint.Validate(body) is not InputValidation.Accepted accepted) return null;
        var price = accepted.Request.UnitPrice;
        return new JsonObject { ["seconds"] = units, ["unit_price"] = price, ["total"] = units * price, ["currency"] = PricingEndpoint.Currency };
    }

    // Inputs are kept as they came, and what came may have been no JSON.
    private static JsonNode? Parse(string? input) =>
        input is not null && JsonBody.TryParse(Encoding.UTF8.GetBytes(input), out var body, out _) ? body : input;

    private static JsonNode? Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer, value);
        return JsonNode.Parse(buffer.ToArray());
    }
}
