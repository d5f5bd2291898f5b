using System.Text.Json.Nodes;
using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Platform;

/// <summary>
/// Everything below <c>/v1/</c>: finds the route, authenticates, checks the scope, and puts whatever goes wrong into the platform API's envelope
/// <c>{"error": {"type", "message", "request_id"}}</c>.
/// </summary>
internal sealed partial class PlatformEndpoint(
    PlatformRoutes routes, ApiKeyAuthenticator authenticator, IOptions<ApiOptions> options, ILogger<PlatformEndpoint> logger)
{
    /// <summary>The path of all routes.</summary>
    public const string Prefix = "/v1/";

    /// <summary>Answers a call.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await DispatchAsync(http);
        }
        catch (PlatformRefusedException refused)
        {
            await WriteErrorAsync(http.Response, refused.StatusCode, refused.Type, refused.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not BadHttpRequestException && !http.Response.HasStarted)
        {
            LogFault(fault, http.Request.Method, http.Request.Path);
            await WriteErrorAsync(http.Response, StatusCodes.Status500InternalServerError, "server_error", "Internal Server Error");
        }
    }

    private async Task DispatchAsync(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "")[Prefix.Length..].TrimEnd('/');
        var id = "";
        var candidates = routes.All.Where(route => route.Matches(path, out id)).ToList();
        if (candidates.Count == 0)
            throw PlatformRefusedException.NotFound("There is no such route. See docs/http-api.md for all of them.");
        if (candidates.Find(route => route.Method == http.Request.Method) is not { } found)
        {
            http.Response.Headers.Allow = string.Join(", ", candidates.Select(route => route.Method));
            throw new PlatformRefusedException(StatusCodes.Status405MethodNotAllowed, "validation_error", $"This route takes {http.Response.Headers.Allow}.");
        }

        _ = found.Matches(path, out id);
        await found.Answer(new PlatformCall
        {
            Http = http,
            Owner = await AuthorizeAsync(http, found.Access),
            Addresses = DocumentAddresses.Of(http.Request, options),
            Id = id,
        });
    }

    private async Task<string?> AuthorizeAsync(HttpContext http, PlatformAccess access)
    {
        if (access == PlatformAccess.Everyone)
            return null;
        switch (await authenticator.AuthenticateAsync(http))
        {
            case Authentication.Accepted { Scope: ApiKeyScope.Admin }:
                return null;
            case Authentication.Accepted accepted when access == PlatformAccess.AnyKey:
                return accepted.Owner;
            case Authentication.Refused refused:
                throw PlatformRefusedException.Unauthorized(refused.StatusCode, refused.IsMissing ? "Authentication required" : refused.Reason);
            default:
                throw PlatformRefusedException.Unauthorized(StatusCodes.Status403Forbidden, "This route needs an admin key.");
        }
    }

    private static Task WriteErrorAsync(HttpResponse response, int statusCode, string type, string message)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message, ["request_id"] = response.Headers[WireHeaders.RequestId].ToString() };
        return JsonResponse.WriteAsync(response, statusCode, new JsonObject { ["error"] = error }, static (writer, node) => node.WriteTo(writer));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFault(Exception fault, string method, string path);
}
