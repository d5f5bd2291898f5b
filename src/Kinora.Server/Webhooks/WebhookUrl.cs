using Kinora.Server.Fetching;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Webhooks;

/// <summary>Reads <c>fal_webhook</c>. Only its form is looked at: where it leads is checked at each delivery.</summary>
internal static class WebhookUrl
{
    private const string Parameter = "fal_webhook";

    /// <summary>Gives the URL, or null if none came.</summary>
    /// <exception cref="FormatException">It is malformed; the message is for the caller.</exception>
    public static Uri? Read(IQueryCollection query)
    {
        var values = query[Parameter];
        if (values.Count == 0) return null;
        if (values.Count > 1) throw new FormatException($"{Parameter} must be given once; it came {values.Count} times.");
        if (UrlPolicy.Read(values[0] ?? "", out var url) is not null || url is null)
            throw new FormatException($"{Parameter} must be an absolute http or https URL of at most {UrlPolicy.MaxUrlLength} characters, percent-encoded.");
        return url.UserInfo.Length == 0 ? url : throw new FormatException($"{Parameter} must not carry a user name or password.");
    }
}
