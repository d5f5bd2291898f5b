using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary>
/// <c>POST /v1/kinora/validation?endpoint_id=…</c>: what a run would say of an input before it fetches anything, and what it would cost. The page asks while people
/// type, so that it needs no rules of its own.
/// </summary>
internal sealed class ValidationEndpoint(EndpointCatalog catalog)
{
    /// <summary>Answers 200 with <c>detail</c>, the violations in the shape of a failed request, and <c>cost</c>, null if there are any.</summary>
    public async Task CheckAsync(PlatformCall call)
    {
        var endpoint = ModelsEndpoint.Choose(catalog, call.Query.Endpoints()).First();
        var input = await PlatformBody.ReadAsync(call);
        await call.WriteAsync(endpoint.Validate(input) switch
        {
            InputValidation.Accepted accepted => Describe(accepted.Request),
            InputValidation.Refused refused => new JsonObject { ["detail"] = JsonNode.Parse(Api.ViolationDetail.ToJson(refused.Violations)), ["cost"] = null },
            _ => throw new ArgumentOutOfRangeException(nameof(call), endpoint.Id, "Unknown validation."),
        });
    }

    private static JsonObject Describe(ClipRequest request)
    {
        var seconds = (decimal)request.Shots.Sum(shot => shot.Duration.TotalSeconds);
        return new JsonObject
        {
            ["detail"] = new JsonArray(),
            ["cost"] = new JsonObject { ["seconds"] = seconds, ["unit_price"] = request.UnitPrice, ["total"] = seconds * request.UnitPrice, ["currency"] = PricingEndpoint.Currency },
        };
    }
}
