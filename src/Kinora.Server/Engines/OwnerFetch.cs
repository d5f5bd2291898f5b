using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;
using Kinora.Server.Uploads;

namespace Kinora.Server.Engines;

/// <summary>Fetches for an owner: this server's own files only where their rules let that owner read them.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="gate">Knows the rules.</param>
/// <param name="owner">For whom.</param>
internal sealed class OwnerFetch(MediaFetcher fetcher, FileGate gate, string owner)
{
    /// <summary>Fetches one medium. This is a <see cref="FetchMedia"/>.</summary>
    public async Task<FetchOutcome> FetchAsync(MediaReference reference, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var isOwnFile = Uri.TryCreate(reference.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        return isOwnFile && OwnFileUrls.FindBlob(url!) is { } blob && !await gate.MayReadAsync(owner, blob, cancellationToken)
            ? new FetchOutcome.Refused(Refusal.Download("the server answered 404").At(reference))
            : await fetcher.FetchAsync(reference, scratch, cancellationToken);
    }
}
