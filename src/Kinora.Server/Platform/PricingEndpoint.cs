using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Usage;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Platform;

/// <summary>
/// <c>GET /v1/models/pricing</c> and <c>POST /v1/models/pricing/estimate</c>: what the hosted service charges, and what that would come to. Kinora charges nothing.
/// </summary>
internal sealed class PricingEndpoint(EndpointCatalog catalog, IUsageStore usage, TimeProvider time)
{
    /// <summary>The unit of every price.</summary>
    public const string Unit = "seconds";

    /// <summary>The currency of every price.</summary>
    public const string Currency = "USD";

    private const string List = "pricing";
    private const decimal StandardSeconds = 5;
    private const decimal MostQuantity = 1_000_000_000;

    private static readonly TimeSpan s_history = TimeSpan.FromDays(90);

    /// <summary>Answers with a page of prices: that of the documented example, and those that depend on sound beside it.</summary>
    public Task ListAsync(PlatformCall call)
    {
        var limit = call.Query.Limit(standard: 50, most: 100);
        var first = call.Query.Offset(List);
        var found = ModelsEndpoint.Choose(catalog, call.Query.Endpoints()).ToList();
        var page = found.Skip(first).Take(limit).Select(Describe);
        return call.WritePageAsync("prices", page, first + limit < found.Count ? Cursor.Write(List, first + limit) : null);
    }

    /// <summary>Answers with what calls or units would cost.</summary>
    public async Task EstimateAsync(PlatformCall call)
    {
        var body = await PlatformBody.ReadAsync(call);
        var type = PlatformBody.Text(body, "estimate_type");
        var quantityName = type switch
        {
            "unit_price" => "unit_quantity",
            "historical_api_price" => "call_quantity",
            _ => throw PlatformRefusedException.Invalid("estimate_type must be unit_price or historical_api_price."),
        };
        if (body["endpoints"] is not JsonObject { Count: > 0 and <= 50 } endpoints)
            throw PlatformRefusedException.Invalid("endpoints must be an object with 1 to 50 endpoint ids.");

        var total = 0m;
        foreach (var (id, quantities) in endpoints)
        {
            var endpoint = ModelsEndpoint.Choose(catalog, [id]).Single();
            var price = quantityName == "unit_quantity" ? PriceOf(endpoint) : await PriceOfCallAsync(call, endpoint);
            total += price * ReadQuantity(quantities, quantityName);
        }

        await call.WriteAsync(new JsonObject { ["estimate_type"] = type, ["total_cost"] = decimal.Round(total, 6), ["currency"] = Currency });
    }

    private static JsonObject Describe(ModelEndpoint endpoint) => new()
    {
        ["endpoint_id"] = endpoint.Id,
        ["unit_price"] = PriceOf(endpoint),
        ["unit"] = Unit,
        ["currency"] = Currency,
        ["x-kinora-unit-prices"] = new JsonObject
        {
            ["audio_off"] = endpoint.Price.AudioOff,
            ["audio_on"] = endpoint.Price.AudioOn,
            ["voice_control"] = endpoint.Price.VoiceControl,
        },
    };

    private static decimal PriceOf(ModelEndpoint endpoint) => ((InputValidation.Accepted)endpoint.Validate(endpoint.FullExample)).Request.UnitPrice;

    // What a call was worth on average lately, or a clip of the default length where there were none.
    private async Task<decimal> PriceOfCallAsync(PlatformCall call, ModelEndpoint endpoint)
    {
        // A window ends before its end, and moments are whole milliseconds: what ended in this one counts too.
        var end = time.GetUtcNow().AddMilliseconds(1);
        var filter = new UsageFilter { Owner = call.Owner, Endpoints = [endpoint.Id], From = end - s_history, To = end };
        var minutes = await usage.ReadMinutesAsync(filter, call.Aborted);
        var calls = minutes.Sum(minute => minute.Jobs);
        return calls == 0 ? PriceOf(endpoint) * StandardSeconds : minutes.Sum(minute => minute.Units * minute.UnitPrice) / calls;
    }

    private static decimal ReadQuantity(JsonNode? quantities, string name) =>
        quantities is JsonObject given && given[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && value.TryGetValue<decimal>(out var quantity) && quantity is > 0 and <= MostQuantity
            ? quantity
            : throw PlatformRefusedException.Invalid($"Every endpoint needs a {name} above 0 and at most {MostQuantity:0}.");
}
