using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Platform;

/// <summary>The platform API's table of contents: the hosted service's routes, and those that other parts of the host have registered.</summary>
internal sealed class PlatformRoutes(
    ModelsEndpoint models,
    PricingEndpoint pricing,
    UsageEndpoint usage,
    AnalyticsEndpoint analytics,
    BillingEventsEndpoint billing,
    RequestsEndpoint requests,
    KeysEndpoint keys,
    IOptions<ApiOptions> options,
    IEnumerable<PlatformRoute> further)
{
    /// <summary>All routes.</summary>
    public IReadOnlyList<PlatformRoute> All { get; } =
    [
        new("GET", "models", PlatformAccess.Everyone, models.ListAsync),
        new("GET", "models/pricing", PlatformAccess.AnyKey, pricing.ListAsync),
        new("POST", "models/pricing/estimate", PlatformAccess.AnyKey, pricing.EstimateAsync),
        new("GET", "models/usage", PlatformAccess.Admin, usage.ReadAsync),
        new("GET", "models/analytics", PlatformAccess.Admin, analytics.ReadAsync),
        new("GET", "models/billing-events", PlatformAccess.Admin, billing.ListAsync),
        new("GET", "models/requests/by-endpoint", PlatformAccess.AnyKey, requests.ListAsync),
        new("DELETE", "models/requests/{id}/payloads", PlatformAccess.AnyKey, requests.ErasePayloadsAsync),
        new("GET", "keys", PlatformAccess.Admin, keys.ListAsync),
        new("POST", "keys", PlatformAccess.Admin, keys.CreateAsync),
        new("DELETE", "keys/{id}", PlatformAccess.Admin, keys.DeleteAsync),
        new("GET", "meta", PlatformAccess.Everyone, call => WriteMetaAsync(call, options.Value.WebhookIpRanges)),
        .. further,
    ];

    // Webhooks come from wherever this server runs, which it cannot know behind a router: it repeats what it was told.
    private static Task WriteMetaAsync(PlatformCall call, IEnumerable<string> ranges) =>
        call.WriteAsync(new JsonObject { ["webhook_ip_ranges"] = new JsonArray([.. ranges.Select(range => JsonValue.Create(range))]) });
}
