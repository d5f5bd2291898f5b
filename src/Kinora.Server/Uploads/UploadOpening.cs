using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>Opens uploads.</summary>
internal sealed class UploadOpening(IUploadStore uploads, IBlobStore blobs, TimeProvider time, IOptions<UploadOptions> options)
{
    /// <summary>An open upload and the token that its URL carries, which is stored nowhere.</summary>
    public sealed record Opened(Upload Upload, string Token);

    /// <summary>Opens an upload, or says why not.</summary>
    public async Task<(Opened? Opened, UploadRefusal? Refusal)> OpenAsync(UploadAnnouncement announcement, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (!UploadAnnouncement.IsContentType(announcement.ContentType)) return (null, UploadRefusal.BadRequest("The content type is no media type such as image/png."));
        if (announcement.AnnouncedBytes > limits.MaxUploadBytes) return (null, UploadRefusal.TooLarge(limits.MaxUploadBytes));
        if (await uploads.CountOpenAsync(announcement.Owner, cancellationToken) >= limits.MaxOpenUploads) return (null, UploadRefusal.TooManyOpen(limits.MaxOpenUploads));

        var token = CapabilityToken.Create();
        var upload = CreateUpload(announcement, token);
        await uploads.CreateAsync(upload, cancellationToken);
        return (new Opened(upload, token), null);
    }

    private Upload CreateUpload(UploadAnnouncement announcement, string token) => new()
    {
        Id = CapabilityToken.CreateId(),
        Owner = announcement.Owner,
        TokenHash = CapabilityToken.Hash(token),
        BlobName = blobs.CreateName(announcement.FileName),
        ContentType = announcement.ContentType,
        IsMultipart = announcement.IsMultipart,
        AnnouncedBytes = announcement.AnnouncedBytes,
        ClosesAt = time.GetUtcNow() + options.Value.UploadLifetime,
        Lifetime = announcement.Lifecycle.Lifetime ?? options.Value.FileLifetime,
        Access = announcement.Lifecycle.Access?.ToJson(),
    };
}
