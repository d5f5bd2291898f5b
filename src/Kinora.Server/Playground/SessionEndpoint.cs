using System.Text;
using System.Text.Json.Nodes;
using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Kinora.Server.Endpoints;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Playground;

/// <summary><c>/kinora/session</c>: tells a page who it is, and lets it sign in with a key and out again.</summary>
internal sealed class SessionEndpoint(ApiKeyAuthenticator authenticator, BrowserSessions sessions, IApiKeyStore keys, IOptions<ApiOptions> options)
{
    public const string Path = "/kinora/session";

    private const int MaxBodyBytes = 4 << 10;

    /// <summary>GET tells, POST <c>{"key":"id:secret"}</c> signs in, DELETE signs out.</summary>
    public Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Request.Method switch
        {
            "GET" => TellAsync(http),
            "POST" => SignInAsync(http),
            "DELETE" => SignOutAsync(http),
            _ => ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, POST, DELETE"),
        };
    }

    private async Task TellAsync(HttpContext http) => await (await authenticator.AuthenticateAsync(http) switch
    {
        Authentication.Accepted accepted => WriteAsync(http, accepted.Owner, accepted.Scope, BrowserSessions.CsrfTokenOf(http.Request)),
        Authentication.Refused { StatusCode: StatusCodes.Status401Unauthorized } => WriteAsync(http, owner: null, ApiKeyScope.Api, csrf: ""),
        Authentication.Refused refused => ErrorResponses.WriteAsync(http.Response, refused.StatusCode, refused.Reason),
        _ => Task.CompletedTask,
    });

    private async Task SignInAsync(HttpContext http)
    {
        // A page of another origin may not send JSON without asking first, so it cannot sign a browser in with a key of its own.
        if (!http.Request.HasJsonContentType())
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
            return;
        }

        var body = await RequestBody.ReadAsync(http.Request, MaxBodyBytes, http.RequestAborted);
        var authentication = await authenticator.AuthenticateKeyAsync("Key " + KeyIn(body.Text), http.RequestAborted);
        if (authentication is not Authentication.Accepted accepted)
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status401Unauthorized, ((Authentication.Refused)authentication).Reason);
            return;
        }

        await WriteAsync(http, accepted.Owner, accepted.Scope, await sessions.OpenAsync(http, accepted.Owner, Addresses(http).Run.StartsWith("https:", StringComparison.Ordinal)));
    }

    private async Task SignOutAsync(HttpContext http)
    {
        if (BrowserSessions.HasCookie(http.Request) && await sessions.AuthenticateAsync(http) is Authentication.Refused { StatusCode: StatusCodes.Status403Forbidden } forged)
        {
            await ErrorResponses.WriteAsync(http.Response, forged.StatusCode, forged.Reason);
            return;
        }

        await sessions.CloseAsync(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task WriteAsync(HttpContext http, string? owner, ApiKeyScope scope, string csrf)
    {
        var addresses = Addresses(http);
        var key = owner is null or Authentication.LocalOwner ? null : await keys.FindAsync(owner, http.RequestAborted);
        var answer = new JsonObject
        {
            ["signed_in"] = owner is not null,
            ["keyless"] = owner == Authentication.LocalOwner,
            ["owner"] = owner,
            ["alias"] = key?.Alias,
            ["is_admin"] = scope == ApiKeyScope.Admin,
            ["csrf"] = csrf,
            ["run_url"] = addresses.Run,
            ["queue_url"] = addresses.Queue,
        };
        await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, answer, static (writer, node) => node.WriteTo(writer));
    }

    private DocumentAddresses Addresses(HttpContext http) => DocumentAddresses.Of(http.Request, options);

    private static string KeyIn(string? body) =>
        JsonBody.TryParse(Encoding.UTF8.GetBytes(body ?? ""), out var json, out _) && json is JsonObject given && JsonText.TryRead(given["key"], out var key) ? key.Trim() : "";
}
