using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Keys;

/// <summary>
/// Decides whose call it is. While no key was ever made and the server is reached on this machine only, everyone is <see cref="Authentication.LocalOwner"/>,
/// whatever <c>Authorization</c> says; from the first key on, every call needs one. Secrets are compared in constant time and never logged, and an unknown key
/// takes the same path as a wrong secret.
/// </summary>
internal sealed class ApiKeyAuthenticator(IApiKeyStore keys, BrowserSessions sessions, TimeProvider time, IOptions<ApiOptions> options)
{
    private static readonly TimeSpan s_touchInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(250);

    private static readonly Authentication s_local = new Authentication.Accepted(Authentication.LocalOwner, ApiKeyScope.Admin);
    private static readonly Authentication s_missing = Refuse("Authorization header is required", isMissing: true);
    private static readonly Authentication s_malformed = Refuse("Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'.");
    private static readonly Authentication s_unknown = Refuse("No user found for Key ID and Secret");

    // Keys do not cease to exist (revoked ones count), so true is for good; false is asked again after a moment.
    private volatile bool _anyExists;
    private long _nextLook = long.MinValue;

    /// <summary>Reads <c>Authorization</c>, or without it the session of a browser.</summary>
    public async ValueTask<Authentication> AuthenticateAsync(HttpContext http)
    {
        if (!await AreRequiredAsync(http.RequestAborted)) return CheckName(http);

        var value = http.Request.Headers.Authorization.ToString();
        if (value.Length > 0) return await AuthenticateKeyAsync(value, http.RequestAborted);
        return BrowserSessions.HasCookie(http.Request) ? await sessions.AuthenticateAsync(http) : s_missing;
    }

    /// <summary>Proves a key, whether or not this server asks for one.</summary>
    /// <param name="value">As in <c>Authorization</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask<Authentication> AuthenticateKeyAsync(string value, CancellationToken cancellationToken)
    {
        if (!ApiKeyHeader.TryParse(value, out var header)) return s_malformed;

        var key = await keys.FindAsync(header.KeyId, cancellationToken);
        var isProven = ApiKeySecret.Verify(key, header.Secret);
        var now = time.GetUtcNow();
        if (!isProven || key is null || !key.IsActive(now)) return s_unknown;

        if (!(now - key.LastUsedAt < s_touchInterval)) await keys.TouchAsync(key.KeyId, cancellationToken);
        return new Authentication.Accepted(key.KeyId, key.Scope);
    }

    private async ValueTask<bool> AreRequiredAsync(CancellationToken cancellationToken)
    {
        if (options.Value.RequireKeys || _anyExists) return true;
        if (time.GetTimestamp() < Volatile.Read(ref _nextLook)) return false;

        _anyExists = await keys.AnyExistsAsync(cancellationToken);
        Volatile.Write(ref _nextLook, time.GetTimestamp() + (long)(s_lookAgain.TotalSeconds * time.TimestampFrequency));
        return _anyExists;
    }

    private Authentication CheckName(HttpContext http)
    {
        var host = new HostString(RequestOrigin.HostOf(http.Request, options.Value.TrustForwardedHeaders)).Host;
        return KeylessAccess.IsAllowed(host, options.Value.AllowedHosts)
            ? s_local
            : new Authentication.Refused(
                StatusCodes.Status403Forbidden,
                $"A server that asks for no API key cannot be called by the name {host}. Allow the name in its options, or create a key.");
    }

    private static Authentication.Refused Refuse(string reason, bool isMissing = false) => new(StatusCodes.Status401Unauthorized, reason, isMissing);
}
