using Kinora.Jobs.Files;
using Kinora.Jobs.Keys;
using Kinora.Server.Api;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>
/// Decides whether an upload may go on. Its right comes from a token, in the URL or as <c>Bearer</c>; with the API key behind it the token ends, whatever its own time.
/// </summary>
internal sealed class UploadGate(IUploadStore uploads, IApiKeyStore keys, TimeProvider time, IOptions<UploadOptions> options, IOptions<ApiOptions> api)
{
    private const string Scheme = "Bearer ";

    /// <summary>Makes a token that allows uploads of an owner for a while.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> CreateTokenAsync(string owner, CancellationToken cancellationToken)
    {
        var token = CapabilityToken.Create();
        var expiresAt = time.GetUtcNow() + options.Value.TokenLifetime;
        await uploads.CreateTokenAsync(CapabilityToken.Hash(token), owner, expiresAt, cancellationToken);
        return (token, expiresAt);
    }

    /// <summary>Whose token stands in <c>Authorization</c>; null if none that holds.</summary>
    public async Task<string?> FindOwnerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var value = request.Headers.Authorization.ToString();
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;

        var hash = CapabilityToken.Hash(value[Scheme.Length..].Trim());
        var owner = await uploads.FindTokenOwnerAsync(hash, time.GetUtcNow(), cancellationToken);
        return owner is not null && await IsActiveAsync(owner, cancellationToken) ? owner : null;
    }

    /// <summary>The upload that a URL opens, or why none.</summary>
    public async Task<(Upload? Upload, UploadRefusal? Refusal)> OpenByUrlAsync(string id, string token, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(id, cancellationToken);
        var isProven = CapabilityToken.Verify(token, upload?.TokenHash ?? new byte[32]);
        return isProven && upload is not null && await IsActiveAsync(upload.Owner, cancellationToken) ? Judge(upload) : (null, UploadRefusal.Unknown);
    }

    /// <summary>An owner's multipart upload of a file, or why there is none. Unknown and foreign ones look alike.</summary>
    public async Task<(Upload? Upload, UploadRefusal? Refusal)> OpenByOwnerAsync(string id, string blobName, string owner, CancellationToken cancellationToken) =>
        await uploads.FindAsync(id, cancellationToken) is { } upload && upload.Owner == owner && upload.BlobName == blobName ? Judge(upload) : (null, UploadRefusal.Unknown);

    private (Upload? Upload, UploadRefusal? Refusal) Judge(Upload upload) => time.GetUtcNow() < upload.ClosesAt ? (upload, null) : (null, UploadRefusal.Closed);

    private async ValueTask<bool> IsActiveAsync(string owner, CancellationToken cancellationToken) => owner == Authentication.LocalOwner
        ? !api.Value.RequireKeys && !await keys.AnyExistsAsync(cancellationToken)
        : await keys.FindAsync(owner, cancellationToken) is { } key && key.IsActive(time.GetUtcNow());
}
