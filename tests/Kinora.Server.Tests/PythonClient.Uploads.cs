using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests;

/// <summary>The package's uploads. Its hosts for them cannot be configured: only a hosts file leads them elsewhere.</summary>
internal sealed partial class PythonClient
{
    private const string RestUrl = "https://rest.fal.ai";
    private const string CdnUrl = "https://v3.fal.media";
    private const long MultipartThreshold = 100 << 20;

    /// <summary>Bytes in one part of a large upload.</summary>
    public const int PartBytes = 10 << 20;

    private (string Authorization, string BaseUrl, DateTimeOffset ExpiresAt)? _token;

    /// <summary><c>upload(data, content_type, file_name, lifecycle=)</c>, and <c>upload_file</c> for what is too large for one body.</summary>
    public async Task<string> UploadAsync(byte[] data, string contentType, string? fileName = null, JsonObject? lifecycle = null)
    {
        await RefreshTokenAsync();
        return data.LongLength > MultipartThreshold
            ? await UploadPartsAsync(data, contentType, fileName, lifecycle)
            : await UploadWholeAsync(data, contentType, fileName, lifecycle);
    }

    /// <summary>The repository <c>fal</c>, to which the package falls back when the newer one fails.</summary>
    public async Task<string> UploadToOldRepositoryAsync(byte[] data, string contentType, JsonObject? lifecycle = null)
    {
        using var initiated = await SendAsync(
            HttpMethod.Post, RestUrl + "/storage/upload/initiate?storage_type=gcs", new JsonObject { ["file_name"] = "upload.bin", ["content_type"] = contentType }, Lifecycle(lifecycle));
        var answer = await ReadJsonAsync(initiated);

        // The key leaks here: the package's client sends it wherever it goes.
        using var put = await SendBytesAsync(HttpMethod.Put, Text(answer, "upload_url"), data, contentType, "Key id:secret");
        await RaiseForStatusAsync(put);
        return Text(answer, "file_url");
    }

    /// <summary>Begins a large upload by hand, part by part.</summary>
    public async Task<(string AccessUrl, string UploadId)> BeginPartsAsync(string contentType, string? fileName = null, JsonObject? lifecycle = null)
    {
        await RefreshTokenAsync();
        using var begun = await SendBytesAsync(HttpMethod.Post, _token!.Value.BaseUrl + "/files/upload/multipart", default, contentType, headers: FileHeaders(fileName, lifecycle));
        var answer = await ReadJsonAsync(begun);
        return (Text(answer, "access_url"), Text(answer, "uploadId"));
    }

    public async Task<JsonObject> PutPartAsync(string accessUrl, string uploadId, int number, ReadOnlyMemory<byte> data)
    {
        using var put = await SendBytesAsync(HttpMethod.Put, $"{accessUrl}/multipart/{uploadId}/{number}", data, contentType: null, headers: new() { ["Accept-Encoding"] = "identity" });
        await RaiseForStatusAsync(put);
        var tag = put.Headers.TryGetValues("ETag", out var values) ? values.Single() : throw new PythonException("KeyError: 'etag'");
        return new JsonObject { ["partNumber"] = number, ["etag"] = tag };
    }

    public async Task CompletePartsAsync(string accessUrl, string uploadId, IEnumerable<JsonObject> parts)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["parts"] = new JsonArray([.. parts]) });
        using var completed = await SendBytesAsync(HttpMethod.Post, $"{accessUrl}/multipart/{uploadId}/complete", body, "application/json");
        await RaiseForStatusAsync(completed);
    }

    /// <summary>Reads a file as anyone would.</summary>
    public async Task<byte[]> DownloadAsync(string url) => await _http.GetByteArrayAsync(url);

    private async Task<string> UploadWholeAsync(byte[] data, string contentType, string? fileName, JsonObject? lifecycle)
    {
        using var response = await SendBytesAsync(HttpMethod.Post, CdnUrl + "/files/upload", data, contentType, headers: FileHeaders(fileName, lifecycle));
        return Text(await ReadJsonAsync(response), "access_url");
    }

    private async Task<string> UploadPartsAsync(byte[] data, string contentType, string? fileName, JsonObject? lifecycle)
    {
        var (accessUrl, uploadId) = await BeginPartsAsync(contentType, fileName, lifecycle);
        var numbers = Enumerable.Range(1, (data.Length + PartBytes - 1) / PartBytes);
        var parts = new List<JsonObject>();
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (number, _) =>
        {
            var start = (number - 1) * PartBytes;
            var part = await PutPartAsync(accessUrl, uploadId, number, data.AsMemory(start, Math.Min(PartBytes, data.Length - start)));
            lock (parts) parts.Add(part);
        });

        // In the order in which they were done.
        await CompletePartsAsync(accessUrl, uploadId, parts);
        return accessUrl;
    }

    private async Task RefreshTokenAsync()
    {
        if (_token is { } known && DateTimeOffset.UtcNow < known.ExpiresAt)
            return;
        using var response = await SendAsync(HttpMethod.Post, RestUrl + "/storage/auth/token?storage_type=fal-cdn-v3", new JsonObject());
        var data = await ReadJsonAsync(response);
        var expiresAt = Text(data, "expires_at");
        if (!expiresAt.EndsWith("+00:00", StringComparison.Ordinal) || expiresAt.Length is not (32 or 25))
            throw new PythonException($"ValueError: Invalid isoformat string: '{expiresAt}'");
        _token = ($"{Text(data, "token_type")} {Text(data, "token")}", Text(data, "base_url"), DateTimeOffset.Parse(expiresAt, CultureInfo.InvariantCulture));
    }

    private static Dictionary<string, string?> FileHeaders(string? fileName, JsonObject? lifecycle)
    {
        var headers = Lifecycle(lifecycle);
        headers["X-Fal-File-Name"] = fileName;
        return headers;
    }

    private static Dictionary<string, string?> Lifecycle(JsonObject? lifecycle) => new()
    {
        ["X-Fal-Object-Lifecycle"] = lifecycle?.ToJsonString(),
        ["X-Fal-Object-Lifecycle-Preference"] = lifecycle?.ToJsonString(),
    };

    private async Task<HttpResponseMessage> SendBytesAsync(
        HttpMethod method, string url, ReadOnlyMemory<byte> data, string? contentType, string? authorization = null, Dictionary<string, string?>? headers = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = new ReadOnlyMemoryContent(data) };
        foreach (var (name, value) in (headers ?? []).Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization ?? _token!.Value.Authorization);
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        lock (Exchanges) Exchanges.Add(new Exchange($"{method} {request.RequestUri!.PathAndQuery}", response.StatusCode, response.Headers));
        return response;
    }
}
