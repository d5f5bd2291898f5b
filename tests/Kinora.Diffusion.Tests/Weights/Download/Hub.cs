using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinora.Diffusion.Tests.Weights.Download;

/// <summary>A model hub on loopback that serves one repository, honestly unless <see cref="Misbehave"/> says otherwise. It counts what it is asked for.</summary>
internal sealed class Hub : IAsyncDisposable
{
    public const string Repository = "owner/model";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _app;

    private Hub(WebApplication app) => _app = app;

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Path, first byte, and how often this very range was asked for before; returns true if it has answered itself.</summary>
    public Func<HttpContext, string, long, int, Task<bool>>? Misbehave { get; set; }

    /// <summary>Overrides what a file is listed as.</summary>
    public Action<JsonObject>? Relist { get; set; }

    /// <summary>Every range asked for.</summary>
    public ConcurrentQueue<(string Path, long First)> Asked { get; } = [];

    public string? SeenToken { get; private set; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<Hub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new Hub(builder.Build());
        hub._app.Run(hub.AnswerAsync);
        await hub._app.StartAsync();
        return hub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public static byte[] Noise(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        SeenToken = http.Request.Headers.Authorization.ToString();
        if (path == $"/api/models/{Repository}/revision/main")
            return http.Response.WriteAsync(new JsonObject { ["sha"] = Commit }.ToJsonString());
        if (path == $"/api/models/{Repository}/tree/{Commit}")
            return ListAsync(http);
        var prefix = $"/{Repository}/resolve/{Commit}/";
        if (path.StartsWith(prefix, StringComparison.Ordinal) && Files.TryGetValue(path[prefix.Length..], out var content))
            return SendAsync(http, path[prefix.Length..], content);
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    // Two files a page.
    private Task ListAsync(HttpContext http)
    {
        var skip = int.Parse(http.Request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        if (skip + 2 < Files.Count)
            http.Response.Headers.Link = $"<{Address}api/models/{Repository}/tree/{Commit}?recursive=true&cursor={skip + 2}>; rel=\"next\"";
        var page = new JsonArray();
        foreach (var (path, content) in Files.OrderBy(file => file.Key, StringComparer.Ordinal).Skip(skip).Take(2))
        {
            var entry = new JsonObject { ["type"] = "file", ["path"] = path, ["size"] = content.Length, ["oid"] = BlobId(content) };
            if (path.EndsWith(".safetensors", StringComparison.Ordinal))
                entry["lfs"] = new JsonObject { ["oid"] = Convert.ToHexStringLower(SHA256.HashData(content)), ["size"] = content.Length, ["pointerSize"] = 130 };
            Relist?.Invoke(entry);
            page.Add(entry);
        }

        return http.Response.WriteAsync(page.ToJsonString());
    }

    private async Task SendAsync(HttpContext http, string path, byte[] content)
    {
        var range = http.Request.GetTypedHeaders().Range!.Ranges.Single();
        var (first, last) = (range.From!.Value, Math.Min(range.To!.Value, content.Length - 1));
        var before = Asked.Count(asked => asked == (path, first));
        Asked.Enqueue((path, first));
        if (Misbehave is not null && await Misbehave(http, path, first, before))
            return;
        http.Response.StatusCode = 206;
        http.Response.Headers.ContentRange = $"bytes {first}-{last}/{content.Length}";
        http.Response.ContentLength = last - first + 1;
        await http.Response.Body.WriteAsync(content.AsMemory((int)first, (int)(last - first + 1)));
    }

#pragma warning disable CA5350 // Git's object ids are SHA-1.
    private static string BlobId(byte[] content) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350
}
