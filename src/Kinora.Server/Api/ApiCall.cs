using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>One call of the protocol, understood and authenticated, by whichever way it came: directly or through the proxy route.</summary>
internal sealed record ApiCall
{
    /// <summary>The request that carries the call. Its path and query are the proxy route's own where the call came through that: use the members below.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>The host that the call is meant for.</summary>
    public required ProtocolHost Host { get; init; }

    /// <summary>The path, parsed.</summary>
    public required ProtocolRoute Route { get; init; }

    /// <summary>The call's own query string.</summary>
    public required IQueryCollection Query { get; init; }

    /// <summary>Whose call it is.</summary>
    public required string Owner { get; init; }

    /// <summary>Scheme, host and prefix of this server as the client sees them, without a trailing slash.</summary>
    public required string Origin { get; init; }

    /// <summary><see cref="Origin"/> with the prefix that chose the queue, if there was one: the base of a request's links.</summary>
    public required string LinkBase { get; init; }

    /// <summary>Where files can be fetched, with a trailing slash.</summary>
    public string FilesBase => Origin + FileEndpoint.Prefix;

    /// <summary>Where the answer goes.</summary>
    public HttpResponse Response => Http.Response;

    /// <summary>Fires when the client hangs up.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Names the request that the answer is about in its headers.</summary>
    public void SetRequestId(Guid id) => Response.Headers[WireHeaders.RequestId] = id.ToString();

    /// <summary>Gives the links of a request of this call's application.</summary>
    public RequestLinks LinksOf(Guid id) => new(LinkBase, Route.Application, id);
}
