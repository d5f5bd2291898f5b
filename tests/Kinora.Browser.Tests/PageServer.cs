using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinora.Browser.Tests;

/// <summary>A web site of a few files on a port of its own, so that its pages have another origin than the server they call.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app) => _app = app;

    /// <summary>Where the site is, ending in a slash. Its host is <c>localhost</c>: a secure context, as a page on https would be.</summary>
    public Uri Address => new(_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");

    /// <summary>Serves these files, which are read when they are asked for, each under its path below the root.</summary>
    public static async Task<PageServer> StartAsync(IReadOnlyDictionary<string, string> files)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http => AnswerAsync(http, files.GetValueOrDefault(http.Request.Path.Value!.TrimStart('/'))));
        await app.StartAsync();
        return new PageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext http, string? file)
    {
        if (file is null)
        {
            // Browsers ask for an icon unasked; its want is no problem of the page.
            http.Response.StatusCode = http.Request.Path == "/favicon.ico" ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.ContentType = Path.GetExtension(file) switch { ".html" => "text/html", ".js" => "text/javascript", _ => "image/jpeg" };
        return http.Response.SendFileAsync(file);
    }
}
