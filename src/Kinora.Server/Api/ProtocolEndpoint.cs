using Kinora.Server.Api.Routing;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>Every path that nothing else answers: the protocol's own, told apart by prefix or host.</summary>
internal sealed class ProtocolEndpoint(ApiKeyAuthenticator authenticator, ProtocolDispatcher dispatcher, IOptions<ApiOptions> options)
{
    /// <summary>Authenticates and dispatches.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var authentication = await authenticator.AuthenticateAsync(http);
        if (authentication is Authentication.Refused refused)
        {
            await ErrorResponses.WriteAsync(http.Response, refused.StatusCode, refused.Reason);
            return;
        }

        var host = RequestOrigin.HostOf(http.Request, options.Value.TrustForwardedHeaders);
        var target = RequestPath.Read(host, http.Request.Path.Value ?? "/");
        await dispatcher.DispatchAsync(http, target, http.Request.Query, ((Authentication.Accepted)authentication).Owner);
    }
}
