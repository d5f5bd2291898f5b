using System.Net;

namespace Kinora.Server.Api;

/// <summary>How the HTTP interface behaves. Checked once, when the server starts.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// Largest request body in bytes; larger ones are answered 413. Default 64 MiB: four pictures of the hosted service's 10 MB as data URIs, with room.
    /// At least 1 KiB, at most 1 GiB.
    /// </summary>
    public long MaxBodyBytes { get; set; } = 64L << 20;

    /// <summary>How many status streams and output streams may be open at once; further ones are answered 429. Default 2,000; at least 1.</summary>
    public int MaxOpenStreams { get; set; } = 2_000;

    /// <summary>The longest silence on an open stream before a comment line keeps it alive. Default 10 s; above zero and at most 15 s.</summary>
    public TimeSpan StreamHeartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests a key may have queued; further ones are answered 429. Null, the default: no limit; at least 1.</summary>
    public int? MaxQueuedPerKey { get; set; }

    /// <summary>How many synchronous runs a key may have at once in this process; further ones are answered 429. Null, the default: no limit; at least 1.</summary>
    public int? MaxRunsPerKey { get; set; }

    /// <summary>The engine that accepted requests need. Null, the default: any worker runs them.</summary>
    public string? Engine { get; set; }

    /// <summary>The engine of single endpoints, by endpoint id, where it is not <see cref="Engine"/>. Default: none.</summary>
    public IDictionary<string, string> EndpointEngines { get; set; } = new Dictionary<string, string>();

    /// <summary>How often a job may be started before it fails. Default 3; at least 1. <c>X-Fal-No-Retry</c> makes it 1 for a request.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// Whether <c>X-Forwarded-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are believed. Default false. Turn it on only behind a proxy that sets all three itself.
    /// </summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>Where the <c>x-fal-target-url</c> convention is answered (the JavaScript client's <c>proxyUrl</c>). Default <c>/api/fal/proxy</c>.</summary>
    public string ProxyPath { get; set; } = "/api/fal/proxy";

    /// <summary>
    /// Web origins whose pages may call the API, for example <c>https://app.example.org</c>; <c>*</c> allows all. Default none.
    /// Pages on <c>localhost</c> and loopback addresses may always.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Host names by which a server that asks for no key may be called besides IP addresses, <c>localhost</c>, <c>*.localhost</c> and the hosted service's names.
    /// Default none. It keeps a web page from reaching a keyless server through a name of its own (DNS rebinding). Not looked at when keys are required.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>The CIDR ranges that webhooks come from, for <c>GET /v1/meta</c>, for example <c>203.0.113.0/24</c>. Default: none, which promises nothing.</summary>
    public IList<string> WebhookIpRanges { get; set; } = [];

    /// <summary>Whether every call needs an API key even while none exists. Default false. Set when the server listens beyond loopback.</summary>
    public bool RequireKeys { get; set; }

    /// <summary>
    /// Whether readers of files are sent to the storage itself with a URL that is signed for 5 minutes, where the storage can sign: it then bears the traffic, and
    /// must be reachable for them. Default false: this server passes the content on.
    /// </summary>
    public bool SignedReads { get; set; }

    /// <summary>Gives every rule that these options break, as sentences; empty if they are fine.</summary>
    internal IEnumerable<string> Check()
    {
        if (MaxBodyBytes is < 1 << 10 or > 1 << 30) yield return $"MaxBodyBytes must be 1 KiB to 1 GiB; it is {MaxBodyBytes} bytes.";
        if (MaxOpenStreams < 1) yield return $"MaxOpenStreams must be at least 1; it is {MaxOpenStreams}.";
        if (MaxQueuedPerKey < 1) yield return $"MaxQueuedPerKey must be at least 1; it is {MaxQueuedPerKey}.";
        if (MaxRunsPerKey < 1) yield return $"MaxRunsPerKey must be at least 1; it is {MaxRunsPerKey}.";
        if (StreamHeartbeat <= TimeSpan.Zero || StreamHeartbeat > TimeSpan.FromSeconds(15))
            yield return $"StreamHeartbeat must be above 0 and at most 15 s; it is {StreamHeartbeat}.";
        if (MaxAttempts < 1) yield return $"MaxAttempts must be at least 1; it is {MaxAttempts}.";
        foreach (var range in WebhookIpRanges.Where(range => !IPNetwork.TryParse(range, out _)))
            yield return $"WebhookIpRanges: '{range}' is no CIDR range (an example is 203.0.113.0/24).";
        foreach (var origin in AllowedOrigins.Where(origin => origin != "*" && !IsOrigin(origin)))
            yield return $"AllowedOrigins: '{origin}' is no origin (an example is https://app.example.org, without a path).";
        if (!ProxyPath.StartsWith('/') || ProxyPath.Length < 2 || ProxyPath.AsSpan().IndexOfAny("{}?#") >= 0)
            yield return $"ProxyPath must be a plain path such as /api/fal/proxy; it is '{ProxyPath}'.";
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
