using Kinora.Server.Api;
using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Documents;

/// <summary>Where the readers of a document find this server: the way they came.</summary>
/// <param name="Run">Base of synchronous runs, without a trailing slash, for example <c>https://example.org</c>.</param>
/// <param name="Queue">Base of the queue, without a trailing slash, for example <c>https://example.org/queue</c>.</param>
internal sealed record DocumentAddresses(string Run, string Queue)
{
    /// <summary>The proxy route, for clients that are pointed elsewhere by it.</summary>
    public required string Proxy { get; init; }

    /// <summary>Host, port and prefix: what the Python client wants instead of an address.</summary>
    public string RunHost => Run[(Run.IndexOf("://", StringComparison.Ordinal) + 3)..];

    /// <summary>The same for the queue.</summary>
    public string QueueHost => Queue[(Queue.IndexOf("://", StringComparison.Ordinal) + 3)..];

    /// <summary>The page of a model for programs that read text.</summary>
    public string LlmsText(string endpoint) => $"{Run}/models/{endpoint}/llms.txt";

    /// <summary>The OpenAPI document of a model's queue.</summary>
    public string QueueOpenApi(string endpoint) => $"{Run}/api/openapi/queue/openapi.json?endpoint_id={endpoint}";

    /// <summary>The OpenAPI document of a model's synchronous runs.</summary>
    public string SyncOpenApi(string endpoint) => $"{Run}/api/openapi/sync/openapi.json?endpoint_id={endpoint}";

    /// <summary>Reads them off a request.</summary>
    public static DocumentAddresses Of(HttpRequest request, IOptions<ApiOptions> options)
    {
        var trusts = options.Value.TrustForwardedHeaders;
        var origin = RequestOrigin.Read(request, trusts);
        var isQueueHost = RequestPath.Read(RequestOrigin.HostOf(request, trusts), "/").Host == ProtocolHost.Queue;
        return new DocumentAddresses(origin, isQueueHost ? origin : origin + "/queue") { Proxy = origin + options.Value.ProxyPath };
    }
}
