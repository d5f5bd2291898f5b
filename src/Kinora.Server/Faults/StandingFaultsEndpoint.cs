using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Faults;

/// <summary>
/// Faults without a header, for programs under test that cannot send one: <c>GET</c> and <c>DELETE /kinora/faults</c>, <c>PUT</c> and <c>DELETE /kinora/faults/{key id}</c>,
/// where <c>everyone</c> and <c>local</c> are names too. For admin keys, on servers that produce faults at all.
/// </summary>
internal sealed class StandingFaultsEndpoint(StandingFaults faults, FaultOptions options, IApiKeyStore keys, ApiKeyAuthenticator authenticator)
{
    public const string Prefix = "/kinora/faults";

    private const long MaxBodyBytes = 16 << 10;

    /// <summary>Lists them all, or clears them all.</summary>
    public async Task HandleAllAsync(HttpContext http)
    {
        if (!await TryEnterAsync(http, HttpMethods.Get, HttpMethods.Delete)) return;
        if (HttpMethods.IsDelete(http.Request.Method)) faults.ClearAll();
        await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, faults.All, Write);
    }

    /// <summary>Sets or clears those of one owner or of everyone, and answers with what holds now.</summary>
    public async Task HandleOneAsync(HttpContext http)
    {
        if (!await TryEnterAsync(http, HttpMethods.Put, HttpMethods.Delete)) return;
        var owner = http.Request.RouteValues["owner"]!.ToString()!;
        if (HttpMethods.IsDelete(http.Request.Method))
        {
            faults.Clear(owner);
        }
        else if (!await IsOwnerAsync(owner, http.RequestAborted))
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status404NotFound, "There is no such key. Besides key ids there are everyone and local.");
            return;
        }
        else if (await TryReadAsync(http) is { } plan)
        {
            faults.Set(owner, plan);
        }
        else
        {
            return;
        }

        await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, faults.All, Write);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, FaultPlan>> plans)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("faults");
        foreach (var (owner, plan) in plans)
            writer.WriteString(owner, plan.Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private async Task<bool> IsOwnerAsync(string owner, CancellationToken cancellationToken) =>
        owner is StandingFaults.Everyone or Authentication.LocalOwner || await keys.FindAsync(owner, cancellationToken) is not null;

    // Null if the call has been answered.
    private static async Task<FaultPlan?> TryReadAsync(HttpContext http)
    {
        var body = await RequestBody.ReadAsync(http.Request, MaxBodyBytes, http.RequestAborted);
        try
        {
            if (body.Text is not null && JsonBody.TryParse(Encoding.UTF8.GetBytes(body.Text), out var json, out _) && json is JsonObject given && JsonText.TryRead(given["fault"], out var text))
                return FaultPlanParser.Parse(text);
            await ErrorResponses.WriteBadRequestAsync(http.Response, """The body must be a JSON object such as {"fault":"delay=2s"}.""");
        }
        catch (FormatException malformed)
        {
            await ErrorResponses.WriteBadRequestAsync(http.Response, malformed.Message);
        }

        return null;
    }

    // False if the call has been answered.
    private async Task<bool> TryEnterAsync(HttpContext http, params string[] methods)
    {
        var (status, sentence) = await authenticator.AuthenticateAsync(http) switch
        {
            Authentication.Refused refused => (refused.StatusCode, refused.Reason),
            Authentication.Accepted { Scope: not ApiKeyScope.Admin } => (StatusCodes.Status403Forbidden, "This route needs an admin key."),
            _ when !options.Enabled => (StatusCodes.Status404NotFound, "This server produces no faults on demand. Start it with --faults, for tests only."),
            _ => (StatusCodes.Status200OK, ""),
        };
        if (status != StatusCodes.Status200OK)
            await ErrorResponses.WriteAsync(http.Response, status, sentence);
        else if (methods.Contains(http.Request.Method))
            return true;
        else
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, string.Join(", ", methods));
        return false;
    }
}
