using System.Globalization;
using Kinora.Jobs.Files;
using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>
/// <c>PUT</c> and <c>POST</c> below <c>/files/</c>: the content of uploads. Two forms, after the two clients: URLs that carry their token
/// (<c>/files/upload/{id}[/{part}|/complete]?token=…</c>), and calls under a <c>Bearer</c> token (<c>/files/upload[/multipart]</c>,
/// <c>/files/{name}/multipart/{id}/{part}|complete</c>).
/// </summary>
internal sealed class UploadEndpoint(UploadGate gate, UploadOpening opening, WholeUpload whole, MultipartUpload multipart, IOptions<ApiOptions> options)
{
    /// <summary>The path of uploads.</summary>
    public const string Prefix = "/files/upload";

    public const string FileNameHeader = "X-Fal-File-Name";
    private const int MaxListBytes = 4 << 20;

    /// <summary>Takes content.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var segments = http.Request.Path.Value![FileEndpoint.Prefix.Length..].Split('/');
        var refusal = (http.Request.Method, segments) switch
        {
            ("POST", ["upload"]) => await TakeWholeAsync(http),
            ("POST", ["upload", "multipart"]) => await OpenMultipartAsync(http),
            ("PUT", ["upload", var id]) => await TakeAnnouncedAsync(http, id),
            (_, ["upload", var id, var step]) => await ContinueAsync(http, await ByUrlAsync(http, id), step),
            (_, [.. var name, "multipart", var id, var step]) => await ContinueAsync(http, await ByBearerAsync(http, string.Join('/', name), id), step),
            _ => new UploadRefusal(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed"),
        };
        if (refusal is null) return;
        if (refusal.StatusCode == StatusCodes.Status405MethodNotAllowed) http.Response.Headers.Allow = "GET, HEAD";
        await UploadResponses.WriteAsync(http.Response, refusal);
    }

    private string UrlOf(HttpContext http, Upload upload) =>
        RequestOrigin.Read(http.Request, options.Value.TrustForwardedHeaders) + FileEndpoint.Prefix + upload.BlobName;

    private async Task<UploadRefusal?> TakeWholeAsync(HttpContext http)
    {
        var (opened, refusal) = await OpenAsync(http, isMultipart: false);
        if (opened is null || (refusal = await whole.ReceiveAsync(opened.Upload, http.Request, http.RequestAborted)) is not null) return refusal;
        await UploadResponses.WriteAsync(http.Response, ("access_url", UrlOf(http, opened.Upload)));
        return null;
    }

    private async Task<UploadRefusal?> OpenMultipartAsync(HttpContext http)
    {
        var (opened, refusal) = await OpenAsync(http, isMultipart: true);
        if (opened is null) return refusal;
        await UploadResponses.WriteAsync(http.Response, ("access_url", UrlOf(http, opened.Upload)), ("uploadId", opened.Upload.Id));
        return null;
    }

    private async Task<UploadRefusal?> TakeAnnouncedAsync(HttpContext http, string id)
    {
        var (upload, refusal) = await ByUrlAsync(http, id);
        if (upload is null || (refusal = await whole.ReceiveAsync(upload, http.Request, http.RequestAborted)) is not null) return refusal;
        await UploadResponses.WriteAsync(http.Response, ("file_url", UrlOf(http, upload)));
        return null;
    }

    private async Task<UploadRefusal?> ContinueAsync(HttpContext http, (Upload? Upload, UploadRefusal? Refusal) found, string step)
    {
        if (found.Upload is not { } upload) return found.Refusal;
        if (HttpMethods.IsPost(http.Request.Method) && step == "complete") return await CompleteAsync(http, upload);
        if (!HttpMethods.IsPut(http.Request.Method) || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return UploadRefusal.BadRequest("PUT a part by its number, from 1, or POST the list of all parts to complete.");

        var (tag, refusal) = await multipart.ReceivePartAsync(upload, number, http.Request, http.RequestAborted);
        if (tag is null) return refusal;
        await UploadResponses.WritePartAsync(http.Response, number, tag);
        return null;
    }

    private async Task<UploadRefusal?> CompleteAsync(HttpContext http, Upload upload)
    {
        var body = await RequestBody.ReadAsync(http.Request, MaxListBytes, http.RequestAborted);
        if (body.IsTooLarge) return UploadRefusal.TooLarge(MaxListBytes);
        try
        {
            if (await multipart.CompleteAsync(upload, PartList.Parse(body.Text ?? string.Empty), http.RequestAborted) is { } refusal) return refusal;
        }
        catch (FormatException malformed)
        {
            return UploadRefusal.BadRequest(malformed.Message);
        }

        var url = UrlOf(http, upload);
        await UploadResponses.WriteAsync(http.Response, ("file_url", url), ("access_url", url));
        return null;
    }

    private async Task<(UploadOpening.Opened? Opened, UploadRefusal? Refusal)> OpenAsync(HttpContext http, bool isMultipart)
    {
        if (await gate.FindOwnerAsync(http.Request, http.RequestAborted) is not { } owner) return (null, UploadRefusal.NoToken);
        try
        {
            var headers = http.Request.Headers;
            var name = headers[FileNameHeader].ToString() is { Length: > 0 } given ? given : "file";
            var type = http.Request.ContentType is { Length: > 0 } sent ? sent : UploadAnnouncement.UntypedContent;
            var lifecycle = FileLifecycle.ReadUpload(headers);
            return await opening.OpenAsync(new UploadAnnouncement(owner, name, type, isMultipart ? null : http.Request.ContentLength, isMultipart, lifecycle), http.RequestAborted);
        }
        catch (FormatException malformed)
        {
            return (null, UploadRefusal.BadRequest(malformed.Message));
        }
    }

    private Task<(Upload? Upload, UploadRefusal? Refusal)> ByUrlAsync(HttpContext http, string id) =>
        gate.OpenByUrlAsync(id, http.Request.Query["token"].ToString(), http.RequestAborted);

    private async Task<(Upload? Upload, UploadRefusal? Refusal)> ByBearerAsync(HttpContext http, string blobName, string id) =>
        await gate.FindOwnerAsync(http.Request, http.RequestAborted) is { } owner
            ? await gate.OpenByOwnerAsync(id, blobName, owner, http.RequestAborted)
            : (null, UploadRefusal.NoToken);
}
