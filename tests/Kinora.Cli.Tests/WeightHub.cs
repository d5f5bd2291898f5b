using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinora.Cli.Tests;

/// <summary>A model hub on loopback with small files in the repositories of the catalogue.</summary>
internal sealed class WeightHub : IAsyncDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _app;

    private WeightHub(WebApplication app) => _app = app;

    /// <summary>Repository and path to content.</summary>
    public Dictionary<(string Repository, string Path), byte[]> Files { get; } = [];

    public string Address => _app.Urls.First();

    public static async Task<WeightHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new WeightHub(builder.Build());
        hub._app.Run(hub.AnswerAsync);
        await hub._app.StartAsync();
        return hub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Trim('/').Split('/');
        if (parts is ["api", "models", _, _, "revision", "main"])
            await http.Response.WriteAsync(new JsonObject { ["sha"] = Commit }.ToJsonString());
        else if (parts is ["api", "models", var owner, var name, "tree", Commit])
            await http.Response.WriteAsync(List($"{owner}/{name}").ToJsonString());
        else if (parts is [var holder, var model, "resolve", Commit, ..] && Files.TryGetValue(($"{holder}/{model}", string.Join('/', parts[4..])), out var content))
            await SendAsync(http, content);
        else
            http.Response.StatusCode = 404;
    }

    private JsonArray List(string repository)
    {
        var list = new JsonArray();
        foreach (var ((_, path), content) in Files.Where(file => file.Key.Repository == repository))
        {
            var entry = new JsonObject { ["type"] = "file", ["path"] = path, ["size"] = content.Length, ["oid"] = BlobId(content) };
            if (path.EndsWith(".safetensors", StringComparison.Ordinal))
                entry["lfs"] = new JsonObject { ["oid"] = Convert.ToHexStringLower(SHA256.HashData(content)), ["size"] = content.Length, ["pointerSize"] = 130 };
            list.Add(entry);
        }

        return list;
    }

    private static async Task SendAsync(HttpContext http, byte[] content)
    {
        var range = http.Request.GetTypedHeaders().Range!.Ranges.Single();
        var (first, last) = ((int)range.From!.Value, (int)Math.Min(range.To!.Value, content.Length - 1));
        http.Response.StatusCode = 206;
        http.Response.Headers.ContentRange = $"bytes {first}-{last}/{content.Length}";
        await http.Response.Body.WriteAsync(content.AsMemory(first, last - first + 1));
    }

#pragma warning disable CA5350 // Git's object ids are SHA-1.
    private static string BlobId(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350
}
