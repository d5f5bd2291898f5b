using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Keys;

/// <summary>Decides whose call it is.</summary>
internal sealed class ApiKeyAuthenticator(IOptions<ApiOptions> options)
{
    /// <summary>Reads <c>Authorization</c>.</summary>
    public ValueTask<Authentication> AuthenticateAsync(HttpContext http)
    {
        if (options.Value.RequireKeys) return ValueTask.FromResult<Authentication>(new Authentication.Refused(StatusCodes.Status401Unauthorized, "Authorization header is required", true));
        var host = new HostString(RequestOrigin.HostOf(http.Request, options.Value.TrustForwardedHeaders)).Host;
        return ValueTask.FromResult<Authentication>(KeylessAccess.IsAllowed(host, options.Value.AllowedHosts)
            ? new Authentication.Accepted(Authentication.LocalOwner)
            : new Authentication.Refused(StatusCodes.Status403Forbidden, $"This server asks for no API key and is therefore not called by the name it was called by. Allow the name, or create a key."));
    }
}
