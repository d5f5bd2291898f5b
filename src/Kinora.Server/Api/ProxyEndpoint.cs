using System.Text.Json;
using Kinora.Server.Api.Routing;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>
/// The <c>x-fal-target-url</c> convention: one URL for every call, the real one in a header. It is the official way to point the JavaScript client somewhere
/// else (<c>proxyUrl</c>). Its own refusals are JSON strings, as in the official proxy library.
/// </summary>
internal sealed class ProxyEndpoint(ApiKeyAuthenticator authenticator, ProtocolDispatcher dispatcher, IOptions<ApiOptions> options)
{
    /// <summary>Answers the call that the header names.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Method is not ("GET" or "POST" or "PUT"))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, POST, PUT");
            return;
        }

        var ownHost = RequestOrigin.HostOf(http.Request, options.Value.TrustForwardedHeaders);
        var header = http.Request.Headers[WireHeaders.TargetUrl];
        if (header.Count != 1 || !ProxyTarget.TryParse(header[0], ownHost, out var target))
        {
            await RefuseAsync(http.Response, StatusCodes.Status400BadRequest, "Invalid request");
            return;
        }

        switch (await authenticator.AuthenticateAsync(http))
        {
            case Authentication.Accepted accepted:
                await dispatcher.DispatchAsync(http, target.Path, target.Query, accepted.Owner);
                break;
            case Authentication.Refused { IsMissing: true }:
                await RefuseAsync(http.Response, StatusCodes.Status401Unauthorized, "Unauthorized");
                break;
            case Authentication.Refused refused:
                await ErrorResponses.WriteAsync(http.Response, refused.StatusCode, refused.Reason);
                break;
        }
    }

    private static Task RefuseAsync(HttpResponse response, int statusCode, string message) =>
        JsonResponse.WriteAsync(response, statusCode, message, static (Utf8JsonWriter writer, string text) => writer.WriteStringValue(text));
}
