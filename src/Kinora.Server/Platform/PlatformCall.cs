using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary>One call of the platform API, authenticated.</summary>
internal sealed record PlatformCall
{
    /// <summary>The request.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>Whose jobs it may see: an API key's, or everyone's (null) for an admin.</summary>
    public required string? Owner { get; init; }

    /// <summary>Where the caller finds this server.</summary>
    public required DocumentAddresses Addresses { get; init; }

    /// <summary>What stands in the path where the route has <c>{id}</c>; empty for routes without it.</summary>
    public required string Id { get; init; }

    /// <summary>The query, to be read with its checks.</summary>
    public PlatformQuery Query => new(Http.Request.Query);

    /// <summary>Fires when the client hangs up.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Answers with JSON.</summary>
    public Task WriteAsync(JsonObject body, int statusCode = StatusCodes.Status200OK) =>
        JsonResponse.WriteAsync(Http.Response, statusCode, body, static (writer, node) => node.WriteTo(writer));

    /// <summary>Answers with a page of a list.</summary>
    /// <param name="name">What the list is called.</param>
    /// <param name="items">The page.</param>
    /// <param name="next">Where the next page begins; null if this is the last.</param>
    public Task WritePageAsync(string name, IEnumerable<JsonObject> items, string? next) => WriteAsync(new JsonObject
    {
        [name] = new JsonArray([.. items]),
        ["next_cursor"] = next,
        ["has_more"] = next is not null,
    });
}
