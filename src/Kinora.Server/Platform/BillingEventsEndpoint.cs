using System.Text.Json.Nodes;
using Kinora.Jobs.Usage;

namespace Kinora.Server.Platform;

/// <summary><c>GET /v1/models/billing-events</c>: what every single completed request was worth, newest first.</summary>
internal sealed class BillingEventsEndpoint(IUsageStore usage, TimeProvider time)
{
    private const string List = "billing";

    /// <summary>Answers with a page of events.</summary>
    public async Task ListAsync(PlatformCall call)
    {
        var window = TimeWindow.Read(call.Query, time.GetUtcNow());
        var (limit, position) = (call.Query.Limit(standard: 100, most: 1000), call.Query.Position(List));
        var events = await usage.ReadEventsAsync(window.ToFilter(call.Owner, call.Query.Endpoints()), position, limit + 1, call.Aborted);
        var page = events.Take(limit).ToList();
        await call.WritePageAsync("billing_events", page.Select(Describe), events.Count > limit ? Cursor.Write(List, page[^1].Sequence) : null);
    }

    private static JsonObject Describe(UsageEvent usage) => new()
    {
        ["request_id"] = usage.JobId.ToString(),
        ["endpoint_id"] = usage.Endpoint,
        ["timestamp"] = usage.At,
        ["unit"] = PricingEndpoint.Unit,
        ["output_units"] = usage.Charge.Units,
        ["unit_price"] = usage.Charge.UnitPrice,
        ["percent_discount"] = 0,
        ["cost"] = usage.Charge.Units * usage.Charge.UnitPrice,
        ["currency"] = PricingEndpoint.Currency,
        ["key_id"] = usage.Owner,
    };
}
