using System.Text.Json.Nodes;
using Kinora.Jobs.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary><c>/v1/keys</c>: makes, lists and closes API keys.</summary>
internal sealed class KeysEndpoint(IApiKeyStore keys, TimeProvider time)
{
    private const string List = "keys";
    private const int MaxAliasLength = 100;

    /// <summary>Answers with a page of the keys that are not closed, oldest first.</summary>
    public async Task ListAsync(PlatformCall call)
    {
        var withCreator = call.Query.Expand(["creator_info"]).Count > 0;
        var limit = call.Query.Limit(standard: 50, most: 100);
        var first = call.Query.Offset(List);
        var open = (await keys.ListAsync(call.Aborted)).Where(key => key.RevokedAt is null).ToList();
        var page = open.Skip(first).Take(limit).Select(key => Describe(key, withCreator));
        await call.WritePageAsync("keys", page, first + limit < open.Count ? Cursor.Write(List, first + limit) : null);
    }

    /// <summary>Makes a key and answers 201; its secret is shown this once.</summary>
    public async Task CreateAsync(PlatformCall call)
    {
        var body = await PlatformBody.ReadAsync(call);
        if (PlatformBody.Text(body, "alias")?.Trim() is not { Length: > 0 and <= MaxAliasLength } alias)
            throw PlatformRefusedException.Invalid($"alias must be a name of 1 to {MaxAliasLength} characters.");
        var scope = PlatformBody.Text(body, "scope")?.ToUpperInvariant() switch
        {
            null or "API" => ApiKeyScope.Api,
            "ADMIN" => ApiKeyScope.Admin,
            _ => throw PlatformRefusedException.Invalid("scope must be API or ADMIN."),
        };
        var (key, secret) = ApiKeySecret.Create(alias, scope, time.GetUtcNow());
        await keys.CreateAsync(key, CancellationToken.None);
        call.Http.Response.Headers.CacheControl = "no-store";
        await call.WriteAsync(
            new JsonObject { ["key_id"] = key.KeyId, ["key_secret"] = secret, ["key"] = $"{key.KeyId}:{secret}" }, StatusCodes.Status201Created);
    }

    /// <summary>Closes a key and answers 204, whether it was there or not: to do so again changes nothing.</summary>
    public async Task DeleteAsync(PlatformCall call)
    {
        await keys.RevokeAsync(call.Id, CancellationToken.None);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static JsonObject Describe(ApiKeyRecord key, bool withCreator)
    {
        var shown = new JsonObject
        {
            ["key_id"] = key.KeyId,
            ["alias"] = key.Alias,
            ["scope"] = key.Scope == ApiKeyScope.Admin ? "ADMIN" : "API",
            ["created_at"] = key.CreatedAt,
            ["expires_at"] = key.ExpiresAt,
            ["last_used_at"] = key.LastUsedAt,
        };
        // Kinora keeps no record of who made a key.
        if (withCreator)
            shown["creator_info"] = null;
        return shown;
    }
}
