using Kinora.Jobs.Keys;

namespace Kinora.Server.Keys;

/// <summary>Who calls, or why nobody may.</summary>
internal abstract record Authentication
{
    private Authentication()
    {
    }

    /// <summary>The call is <paramref name="Owner"/>'s: the id of an API key, or <see cref="LocalOwner"/>.</summary>
    /// <param name="Owner">Whose call it is.</param>
    /// <param name="Scope">What the key opens.</param>
    public sealed record Accepted(string Owner, ApiKeyScope Scope = ApiKeyScope.Api) : Authentication;

    /// <summary>The call is refused with a status code (401 or 403) and a sentence.</summary>
    /// <param name="StatusCode">HTTP status.</param>
    /// <param name="Reason">For the caller; it never repeats what came.</param>
    /// <param name="IsMissing">Whether no credentials came at all.</param>
    public sealed record Refused(int StatusCode, string Reason, bool IsMissing = false) : Authentication;

    /// <summary>The owner of everything on a server that asks for no key.</summary>
    public const string LocalOwner = "local";
}
