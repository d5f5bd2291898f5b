using System.Diagnostics.CodeAnalysis;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinora.Server.Api;

/// <summary>The call that an <c>x-fal-target-url</c> header stands for. It is answered here; nothing is ever sent to the host that it names.</summary>
/// <param name="Path">Which host it means, and the path on it.</param>
/// <param name="Query">Its query string.</param>
internal sealed record ProxyTarget(RequestPath Path, IQueryCollection Query)
{
    // Links in the answer lead to this server's own queue, whatever host the client thinks that it talks to.
    private const string QueuePrefix = "/queue";

    /// <summary>Reads the header's value: an absolute URL on one of the hosted service's hosts, or on <paramref name="ownHost"/>.</summary>
    public static bool TryParse(string? header, string ownHost, [NotNullWhen(true)] out ProxyTarget? target)
    {
        target = null;
        if (!Uri.TryCreate(header, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0) return false;
        if (ReadPath(uri, ownHost) is not { } path) return false;

        target = new ProxyTarget(path, new QueryCollection(QueryHelpers.ParseQuery(uri.Query)));
        return true;
    }

    private static RequestPath? ReadPath(Uri uri, string ownHost)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        return uri.Authority switch
        {
            "fal.run" => new RequestPath(ProtocolHost.Run, string.Empty, path),
            "queue.fal.run" => new RequestPath(ProtocolHost.Queue, QueuePrefix, path),
            "rest.fal.ai" or "rest.alpha.fal.ai" => new RequestPath(ProtocolHost.Rest, string.Empty, path),
            var authority when authority.Equals(ownHost, StringComparison.OrdinalIgnoreCase) => RequestPath.Read(authority, path),
            _ => null,
        };
    }
}
