using System.Globalization;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Api;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Webhooks;

/// <summary>
/// The delivery log of a key's own webhooks: <c>GET /kinora/webhooks</c>, <c>GET /kinora/webhooks/{request id}</c> and
/// <c>POST /kinora/webhooks/{request id}/redeliver</c>.
/// </summary>
internal sealed class DeliveryEndpoints(IWebhookStore store, ApiKeyAuthenticator authenticator)
{
    public const string Prefix = "/kinora/webhooks";

    private const int DefaultLimit = 50;
    private const int MaxLimit = 1_000;

    /// <summary>Lists deliveries, those of the newest requests first; <c>state</c> and <c>limit</c> (1 to 1,000, default 50) narrow it down.</summary>
    public async Task ListAsync(HttpContext http)
    {
        if (await TryEnterAsync(http, HttpMethods.Get) is not { } owner) return;
        if (!DeliveryJson.TryParseState(http.Request.Query["state"].ToString(), out var state))
        {
            await ErrorResponses.WriteBadRequestAsync(http.Response, "state must be waiting, due, delivered or given_up.");
            return;
        }

        var text = http.Request.Query["limit"].ToString();
        var limit = DefaultLimit;
        if (text.Length > 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            await ErrorResponses.WriteBadRequestAsync(http.Response, $"limit must be 1 to {MaxLimit}.");
            return;
        }

        var deliveries = await store.ListAsync(owner, state, limit, http.RequestAborted);
        await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, deliveries, DeliveryJson.Write);
    }

    /// <summary>Shows one delivery with the log of its tries.</summary>
    public async Task ShowAsync(HttpContext http)
    {
        if (await TryEnterAsync(http, HttpMethods.Get) is not { } owner) return;
        if (ReadId(http) is { } id && await store.FindAsync(id, http.RequestAborted) is { } delivery && delivery.Owner == owner)
            await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, delivery, DeliveryJson.WriteWithLog);
        else
            await ErrorResponses.WriteRequestNotFoundAsync(http.Response);
    }

    /// <summary>Answers 202 when the webhook is due again, 400 while its request is not over, 404 when there is none.</summary>
    public async Task RedeliverAsync(HttpContext http)
    {
        if (await TryEnterAsync(http, HttpMethods.Post) is not { } owner) return;
        var outcome = ReadId(http) is { } id ? await store.RedeliverAsync(id, owner, http.RequestAborted) : RedeliverOutcome.NotFound;
        await (outcome switch
        {
            RedeliverOutcome.Requested => JsonResponse.WriteAsync(http.Response, StatusCodes.Status202Accepted, WebhookState.Due, DeliveryJson.WriteState),
            RedeliverOutcome.JobNotEnded => ErrorResponses.WriteBadRequestAsync(http.Response, "Request is still in progress"),
            _ => ErrorResponses.WriteRequestNotFoundAsync(http.Response),
        });
    }

    private static Guid? ReadId(HttpContext http) => Guid.TryParseExact(http.Request.RouteValues["id"]?.ToString(), "D", out var id) ? id : null;

    // Null if the call has been answered.
    private async Task<string?> TryEnterAsync(HttpContext http, string method)
    {
        var authentication = await authenticator.AuthenticateAsync(http);
        if (authentication is Authentication.Refused refused)
        {
            await ErrorResponses.WriteAsync(http.Response, refused.StatusCode, refused.Reason);
            return null;
        }

        if (http.Request.Method == method) return ((Authentication.Accepted)authentication).Owner;
        await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, method);
        return null;
    }
}
