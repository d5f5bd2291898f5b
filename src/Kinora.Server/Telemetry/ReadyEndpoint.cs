using System.Text.Json;
using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Telemetry;

/// <summary>
/// <c>GET /readyz</c>: whether this process should get work now, and what is wrong if not. It turns red and green again by itself. A pause is no fault, a paused
/// installation takes requests; it is told besides. What exactly is wrong is told to those with the scope admin; everyone else learns what is failing.
/// </summary>
internal sealed class ReadyEndpoint(Readiness readiness, ApiKeyAuthenticator authenticator)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>200 or 503 with <c>{"status":"ready","checks":{"database":"ok", …}}</c>.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var checks = await readiness.LookAsync(http.RequestAborted);
        await WriteAsync(http, checks, tellsAll: !IsReady(checks) && await IsAdministratorAsync(http, checks));
    }

    /// <summary>The same where everyone who can ask may know all.</summary>
    /// <param name="http">The call.</param>
    public async Task ServeAllAsync(HttpContext http) => await WriteAsync(http, await readiness.LookAsync(http.RequestAborted), tellsAll: true);

    private static bool IsReady(IReadOnlyList<ReadinessCheck> checks) => checks.All(check => check.Problem is null);

    // Who asks is written in the database. While that is away nobody can prove anything, and the answer must come all the same.
    private async Task<bool> IsAdministratorAsync(HttpContext http, IReadOnlyList<ReadinessCheck> checks)
    {
        if (checks.Any(check => check is { Name: Readiness.Database, Problem: not null })) return false;
        try
        {
            return await authenticator.AuthenticateAsync(http).AsTask().WaitAsync(s_patience) is Authentication.Accepted { Scope: ApiKeyScope.Admin };
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            // It went away since it was looked at.
            return false;
        }
    }

    private static Task WriteAsync(HttpContext http, IReadOnlyList<ReadinessCheck> checks, bool tellsAll)
    {
        var isReady = IsReady(checks);
        http.Response.Headers.CacheControl = "no-store";
        return JsonResponse.WriteAsync(
            http.Response, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, (isReady, checks, tellsAll), static (writer, state) => Write(writer, state.isReady, state.checks, state.tellsAll));
    }

    private static void Write(Utf8JsonWriter writer, bool isReady, IReadOnlyList<ReadinessCheck> checks, bool tellsAll)
    {
        writer.WriteStartObject();
        writer.WriteString("status", isReady ? "ready" : "not ready");
        writer.WriteStartObject("checks");
        foreach (var check in checks) writer.WriteString(check.Name, check.Problem is null ? check.Note : tellsAll ? check.Problem : "failing");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
