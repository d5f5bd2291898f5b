using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>
/// Uploads files, so that an input can name them by URL. Content is sent in parts of 10 MiB, one after the other: no more than one part is ever in memory, whatever the size, and a part that
/// fails is sent again. Every call throws <see cref="KinoraApiException"/> when the server answers with an error, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
public sealed class Storage
{
    private const int PartBytes = 10 << 20;

    private static readonly Dictionary<string, string> s_contentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
        [".mp4"] = "video/mp4",
        [".m4v"] = "video/mp4",
        [".mov"] = "video/quicktime",
        [".webm"] = "video/webm",
    };

    private readonly WireConnection _connection;
    private readonly KinoraClientOptions _options;

    internal Storage(WireConnection connection, KinoraClientOptions options) => (_connection, _options) = (connection, options);

    /// <summary>Uploads a file. Its type follows from the end of its name; unknown ones are <c>application/octet-stream</c>.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="options">Life time, progress, another name; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>Where the server keeps it.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<Uri> UploadFileAsync(string path, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new UploadOptions();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var type = s_contentTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        return await UploadAsync(file, type, options with { FileName = options.FileName ?? Path.GetFileName(path) }, cancellationToken);
    }

    /// <summary>Uploads a stream from where it stands to its end. It need not be seekable, nor know its length; it is not disposed of.</summary>
    /// <param name="content">The content.</param>
    /// <param name="contentType">Its media type, for example <c>image/png</c>.</param>
    /// <param name="options">File name, life time, progress; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>Where the server keeps it.</returns>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public async Task<Uri> UploadAsync(Stream content, string contentType, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new UploadOptions();
        var buffer = new byte[PartBytes];
        var part = await ReadPartAsync(content, buffer, cancellationToken);
        return part.Length < PartBytes
            ? await UploadWholeAsync(part, contentType, options, cancellationToken)
            : await UploadPartsAsync(content, buffer, contentType, options, cancellationToken);
    }

    private async Task<Uri> UploadWholeAsync(ReadOnlyMemory<byte> content, string contentType, UploadOptions options, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync("initiate", contentType, options, cancellationToken);
        using var answer = await _connection.OpenAsync(() => Put(opened.UploadUrl, content, contentType), isRepeatable: true, cancellationToken);
        options.OnProgress?.Invoke(content.Length);
        return opened.FileUrl;
    }

    /// <summary>The first part is in the buffer already.</summary>
    private async Task<Uri> UploadPartsAsync(Stream content, byte[] buffer, string contentType, UploadOptions options, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync("initiate-multipart", contentType, options, cancellationToken);
        var parts = new List<UploadedPart>();
        var sent = 0L;
        for (ReadOnlyMemory<byte> part = buffer; part.Length > 0; part = await ReadPartAsync(content, buffer, cancellationToken))
        {
            var url = Below(opened.UploadUrl, (parts.Count + 1).ToString(CultureInfo.InvariantCulture));
            var bytes = part;
            parts.Add(await _connection.SendAsync(() => Put(url, bytes, contentType: null), isRepeatable: true, UploadJson.Default.UploadedPart, cancellationToken));
            options.OnProgress?.Invoke(sent += part.Length);
        }

        var completion = JsonSerializer.Serialize(new UploadCompletion(parts), UploadJson.Default.UploadCompletion);
        using var answer = await _connection.OpenAsync(() => Post(Below(opened.UploadUrl, "complete"), completion), isRepeatable: true, cancellationToken);
        return opened.FileUrl;
    }

    /// <summary>Announces an upload. Done twice it opens two, of which one is never used and forgotten by the server.</summary>
    private Task<OpenedUpload> OpenAsync(string kind, string contentType, UploadOptions options, CancellationToken cancellationToken)
    {
        var address = new Uri(_options.RestAddress, $"storage/upload/{kind}?storage_type=fal-cdn-v3");
        var announcement = new JsonObject { ["content_type"] = contentType, ["file_name"] = options.FileName ?? "file" }.ToJsonString(WireJson.Plain.Options);
        return _connection.SendAsync(() => Announce(address, announcement, options), isRepeatable: true, UploadJson.Default.OpenedUpload, cancellationToken);
    }

    private static HttpRequestMessage Announce(Uri address, string announcement, UploadOptions options)
    {
        var request = Post(address, announcement);
        if (options.Lifetime is { } lifetime)
        {
            var seconds = Math.Ceiling(lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            request.Headers.Add("X-Fal-Object-Lifecycle", $$"""{"expiration_duration_seconds":{{seconds}}}""");
        }

        return request;
    }

    private static HttpRequestMessage Post(Uri address, string json) => new(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };

    private static HttpRequestMessage Put(Uri address, ReadOnlyMemory<byte> content, string? contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(content) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return request;
    }

    /// <summary>A step below an upload's URL; the token in its query stays.</summary>
    private static Uri Below(Uri upload, string step) => new UriBuilder(upload) { Path = $"{upload.AbsolutePath}/{step}" }.Uri;

    private static async Task<ReadOnlyMemory<byte>> ReadPartAsync(Stream content, byte[] buffer, CancellationToken cancellationToken) =>
        buffer.AsMemory(0, await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
}
