using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Kinora.Server.Playground;

/// <summary>The files of the page, out of this assembly. Each is compressed when it is first asked for, and kept.</summary>
internal sealed class PageFiles
{
    private const string Folder = "Playground/Pages/";

    private static readonly Dictionary<string, string> s_types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    };

    private readonly Dictionary<string, Lazy<PageFile>> _files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..], name => new Lazy<PageFile>(() => Load(name)));

    /// <summary>All names, for example <c>views/run.js</c>.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Finds a file by its name.</summary>
    public PageFile? TryFind(string name) => _files.TryGetValue(name, out var file) ? file.Value : null;

    private static PageFile Load(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        var extension = Path.GetExtension(resource);
        return new PageFile(
            bytes,
            extension == ".woff2" ? null : Compress(bytes),
            s_types[extension],
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal)) brotli.Write(content);
        return compressed.ToArray();
    }
}
