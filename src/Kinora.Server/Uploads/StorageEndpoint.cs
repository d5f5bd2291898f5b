using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>
/// <c>/storage/…</c>, on <c>rest.fal.ai</c> for clients: announces uploads and gives tokens, to whoever has an API key. The content itself goes to
/// <see cref="UploadEndpoint"/>.
/// </summary>
internal sealed class StorageEndpoint(UploadGate gate, UploadOpening opening, IOptions<ApiOptions> options)
{
    /// <summary>Below it is everything that this endpoint answers.</summary>
    public const string Prefix = "/storage/";

    private const int MaxBodyBytes = 64 << 10;

    /// <summary>Answers a call of an authenticated owner. <paramref name="path"/> is the call's own, wherever it was written.</summary>
    public Task HandleAsync(HttpContext http, string path, string owner)
    {
        Func<Task>? answer = path.TrimEnd('/') switch
        {
            "/storage/auth/token" => () => GiveTokenAsync(http, owner),
            "/storage/upload/initiate" => () => InitiateAsync(http, owner, isMultipart: false),
            "/storage/upload/initiate-multipart" => () => InitiateAsync(http, owner, isMultipart: true),
            _ => null,
        };
        if (answer is null) return ErrorResponses.WritePathNotFoundAsync(http.Response, path);
        return HttpMethods.IsPost(http.Request.Method) ? answer() : ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "POST");
    }

    private string OriginOf(HttpContext http) => RequestOrigin.Read(http.Request, options.Value.TrustForwardedHeaders);

    private async Task GiveTokenAsync(HttpContext http, string owner)
    {
        var (token, expiresAt) = await gate.CreateTokenAsync(owner, http.RequestAborted);

        // With an offset and without .NET's seventh digit: Python reads no other form before 3.11.
        var expiry = expiresAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "+00:00";
        await UploadResponses.WriteAsync(http.Response, ("token", token), ("token_type", "Bearer"), ("base_url", OriginOf(http)), ("expires_at", expiry));
    }

    private async Task InitiateAsync(HttpContext http, string owner, bool isMultipart)
    {
        if (await TryReadAsync(http, owner, isMultipart) is not { } announcement) return;

        var (opened, refusal) = await opening.OpenAsync(announcement, http.RequestAborted);
        if (opened is null)
        {
            await UploadResponses.WriteAsync(http.Response, refusal!);
            return;
        }

        var origin = OriginOf(http);
        await UploadResponses.WriteAsync(
            http.Response,
            ("upload_url", $"{origin}{UploadEndpoint.Prefix}/{opened.Upload.Id}?token={opened.Token}"),
            ("file_url", $"{origin}{FileEndpoint.Prefix}{opened.Upload.BlobName}"));
    }

    // On anything unacceptable it answers and returns null.
    private static async Task<UploadAnnouncement?> TryReadAsync(HttpContext http, string owner, bool isMultipart)
    {
        var body = await RequestBody.ReadAsync(http.Request, MaxBodyBytes, http.RequestAborted);
        if (body.IsTooLarge)
        {
            await ErrorResponses.WriteTooLargeAsync(http.Response, MaxBodyBytes);
            return null;
        }

        if (!JsonBody.TryParse(Encoding.UTF8.GetBytes(body.Text ?? string.Empty), out var json, out var problem) || (problem = FindFault(json)) is not null)
        {
            await ErrorResponses.WriteViolationsAsync(http.Response, [problem]);
            return null;
        }

        try
        {
            return Read(json!.AsObject(), owner, isMultipart, FileLifecycle.ReadUpload(http.Request.Headers));
        }
        catch (FormatException malformed)
        {
            await ErrorResponses.WriteBadRequestAsync(http.Response, malformed.Message);
            return null;
        }
    }

    private static UploadAnnouncement Read(JsonObject json, string owner, bool isMultipart, FileLifecycle lifecycle) => new(
        owner,
        TextOf(json, "file_name") ?? "file",
        TextOf(json, "content_type") is { Length: > 0 } type ? type : UploadAnnouncement.UntypedContent,
        json["file_size"]?.GetValue<long>(),
        isMultipart,
        lifecycle);

    private static Violation? FindFault(JsonNode? json)
    {
        if (json is not JsonObject announced) return new Violation(["body"], "Input should be a valid dictionary", "dict_type");
        foreach (var name in (string[])["file_name", "content_type"])
        {
            if (announced[name] is { } value && !JsonText.TryRead(value, out _)) return new Violation(["body", name], "Input should be a valid string", "string_type");
        }

        return announced["file_size"] is { } size && !(size is JsonValue number && number.TryGetValue<long>(out var bytes) && bytes >= 0)
            ? new Violation(["body", "file_size"], "Input should be a number of bytes, 0 or more", "int_type")
            : null;
    }

    private static string? TextOf(JsonObject json, string name) => JsonText.TryRead(json[name], out var text) ? text : null;
}
