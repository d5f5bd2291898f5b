namespace Kinora.Server.Tls;

/// <summary>Decides whether and where the server listens on https besides <see cref="KinoraServerOptions.Url"/>.</summary>
internal static class HttpsAddress
{
    /// <summary>The value of <see cref="KinoraServerOptions.HttpsUrl"/> that turns https off.</summary>
    public const string Off = "off";

    /// <summary>
    /// Gives the address, or null for http alone: what the options say; else, once there is a certificate, the host of <c>Url</c> on the next port (a free one
    /// if <c>Url</c> takes a free one).
    /// </summary>
    /// <exception cref="FormatException">An address is no URL, or not of its scheme.</exception>
    public static string? Choose(KinoraServerOptions options, bool hasCertificate)
    {
        if (Off.Equals(options.HttpsUrl, StringComparison.OrdinalIgnoreCase)) return null;
        if (options.HttpsUrl is { } given)
        {
            return given.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                ? given
                : throw new FormatException($"HttpsUrl must be a URL such as https://127.0.0.1:7861, or off; it is '{given}'.");
        }

        return hasCertificate && options.Url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? NextTo(options.Url) : null;
    }

    // Kestrel takes "*" and "+" for any address, which no URI parser does.
    private static string? NextTo(string url)
    {
        var authority = url["http://".Length..].TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        var hasPort = colon >= 0 && !authority.EndsWith(']');
        if (!hasPort) return $"https://{authority}:443";
        if (!ushort.TryParse(authority.AsSpan(colon + 1), out var port) || port == ushort.MaxValue) return null;
        return $"https://{authority[..colon]}:{(port == 0 ? 0 : port + 1)}";
    }
}
