using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Playground;

/// <summary>
/// The page itself: <c>/playground</c> and its files below it. Everyone may load it, because it holds nothing; what it shows comes from the API, by the key.
/// </summary>
internal sealed class PageEndpoint(PageFiles files)
{
    public const string Path = "/playground";

    // Scripts and styles come from this origin only, and no text becomes markup or code (Content Security Policy 3, Trusted Types). Pictures and videos may be ones
    // that someone names by URL, to look at before they are sent; such a host learns nothing of this page (Referrer-Policy).
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; img-src 'self' blob: data: https:; "
        + "media-src 'self' blob: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Sends the page, or one of its files. Its views are told apart behind the hash of the URL, so that it works below any prefix.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var name = http.Request.RouteValues["path"] as string ?? "";
        if (http.Request.Path.Value == Path + "/") http.Response.Redirect("../playground");
        else if (files.TryFind(name.Length == 0 ? "index.html" : name) is { } file) await SendAsync(http, file);
        else await ErrorResponses.WritePathNotFoundAsync(http.Response, http.Request.Path);
    }

    /// <summary>Sends browsers that come to the root on to the page; programs learn that there is nothing.</summary>
    public static Task WriteRootAsync(HttpContext http)
    {
        var wantsPage = HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (!wantsPage) return ErrorResponses.WritePathNotFoundAsync(http.Response, "/");
        // Relative, so that it stays below whatever prefix a proxy has added.
        http.Response.Redirect("playground");
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext http, PageFile file)
    {
        var headers = http.Response.Headers;
        headers.ETag = file.Tag;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isCompressed = file.Brotli is not null && http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (isCompressed) headers.ContentEncoding = "br";
        var body = isCompressed ? file.Brotli! : file.Content;
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
