using System.Diagnostics.CodeAnalysis;

namespace Kinora.Server.Fetching;

/// <summary>What can be said about a URL without looking its host up.</summary>
internal sealed class UrlPolicy(FetchingOptions options)
{
    /// <summary>Longest http(s) URL in characters; the hosted service's own limit.</summary>
    public const int MaxUrlLength = 2048;

    /// <summary>Reads an absolute http or https URL.</summary>
    /// <param name="text">As the caller wrote it.</param>
    /// <param name="url">The URL, when the result is null.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static Refusal? Read(string text, out Uri? url)
    {
        url = null;
        if (text.Length > MaxUrlLength)
            return Refusal.Download($"the URL has {text.Length} characters, and at most {MaxUrlLength} are accepted");
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || !IsHttp(url) || !HasHost(url))
            return Refusal.Download("an http or https URL or a data URI is expected");
        return null;
    }

    /// <summary>Checks a URL about to be requested, be it the caller's or the target of a redirect.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public Refusal? Check(Uri url) => url switch
    {
        _ when !IsHttp(url) || !HasHost(url) => Refusal.Download("it leads to something other than an http or https URL"),
        { UserInfo.Length: > 0 } => Refusal.Download("a URL must not carry a user name or password"),
        { Scheme: not "https" } when options.HttpsOnly => Refusal.Download("this server reads https URLs only"),
        _ when options.AllowedPorts.Count > 0 && !options.AllowedPorts.Contains(url.Port) => Refusal.Download($"port {url.Port} is not open on this server"),
        _ => null,
    };

    private static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    [SuppressMessage("Design", "CA1031", Justification = "Only the conversion of an international host name can fail here, and any failure says the same.")]
    private static bool HasHost(Uri url)
    {
        try
        {
            return url.IdnHost.Length > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
