using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Keys;

/// <summary>
/// Lets a browser carry a key without its page being able to read it: a random token in a cookie that scripts do not see and other sites cannot send. Whatever
/// changes something must repeat a second token in a header, which is derived from the first and can only be read by pages of this origin.
/// </summary>
internal sealed class BrowserSessions(ISessionStore sessions, IApiKeyStore keys, TimeProvider time)
{
    /// <summary>Must accompany every call of a session that is not a read.</summary>
    public const string CsrfHeader = "X-Kinora-Csrf";

    /// <summary>How long a session lasts, and no longer than its key.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    // Browsers keep other sites and plain http from setting a cookie of this prefix (RFC 6265bis, section 4.1.3.2).
    private const string SecureCookie = "__Host-kinora-session";
    private const string PlainCookie = "kinora-session";
    private const int TokenBytes = 32;

    private static readonly Authentication s_over = new Authentication.Refused(StatusCodes.Status401Unauthorized, "The session is over. Sign in again.");

    private static readonly Authentication s_forged = new Authentication.Refused(
        StatusCodes.Status403Forbidden, $"A session may change something only with the token of GET /kinora/session in the header {CsrfHeader}.");

    /// <summary>Whether a call carries a session, valid or not.</summary>
    public static bool HasCookie(HttpRequest request) => TokenOf(request).Length > 0;

    /// <summary>What a call must repeat in <see cref="CsrfHeader"/>; empty without a session.</summary>
    public static string CsrfTokenOf(HttpRequest request) => TokenOf(request) is { Length: > 0 } token ? CsrfTokenOf(token) : "";

    /// <summary>Whose session it is, or why it opens nothing.</summary>
    public async ValueTask<Authentication> AuthenticateAsync(HttpContext http)
    {
        var token = TokenOf(http.Request);
        if (await sessions.FindKeyIdAsync(Hash(token), http.RequestAborted) is not { } keyId
            || await keys.FindAsync(keyId, http.RequestAborted) is not { } key || !key.IsActive(time.GetUtcNow())) return s_over;

        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return isRead || IsSame(http.Request.Headers[CsrfHeader].ToString(), CsrfTokenOf(token)) ? new Authentication.Accepted(key.KeyId, key.Scope) : s_forged;
    }

    /// <summary>Begins a session and gives its cookie to the browser.</summary>
    /// <returns>What the page must repeat in <see cref="CsrfHeader"/>.</returns>
    public async Task<string> OpenAsync(HttpContext http, string keyId, bool isSecure)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await sessions.CreateAsync(Hash(token), keyId, Lifetime, http.RequestAborted);
        http.Response.Cookies.Append(isSecure ? SecureCookie : PlainCookie, token, OptionsOf(isSecure, Lifetime));
        return CsrfTokenOf(token);
    }

    /// <summary>Ends a call's session, here and in the browser.</summary>
    public async Task CloseAsync(HttpContext http)
    {
        if (TokenOf(http.Request) is not { Length: > 0 } token) return;
        await sessions.DeleteAsync(Hash(token), CancellationToken.None);
        foreach (var name in (string[])[SecureCookie, PlainCookie])
        {
            if (http.Request.Cookies.ContainsKey(name)) http.Response.Cookies.Delete(name, OptionsOf(name == SecureCookie, null));
        }
    }

    private static CookieOptions OptionsOf(bool isSecure, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = isSecure, Path = "/", MaxAge = maxAge, IsEssential = true };

    private static string TokenOf(HttpRequest request) => request.Cookies[SecureCookie] ?? request.Cookies[PlainCookie] ?? "";

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string CsrfTokenOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("csrf " + token)));

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
