using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Documents;

/// <summary>
/// What the server says of itself: an OpenAPI document and a text page for each model, and a list of the pages. Everyone may read them, with or without a key.
/// </summary>
internal sealed class DocumentsEndpoint(EndpointCatalog catalog, IOptions<ApiOptions> options)
{
    /// <summary><c>GET /api/openapi/queue/openapi.json?endpoint_id=…</c>: 404 with the body <c>null</c> for a model that this server does not have.</summary>
    public Task WriteQueueOpenApiAsync(HttpContext http) => WriteOpenApiAsync(http, OpenApiDocument.OfQueue);

    /// <summary><c>GET /api/openapi/sync/openapi.json?endpoint_id=…</c>: the same for synchronous runs.</summary>
    public Task WriteSyncOpenApiAsync(HttpContext http) => WriteOpenApiAsync(http, OpenApiDocument.OfRuns);

    /// <summary><c>GET /models/{endpoint}/llms.txt</c>.</summary>
    public Task WriteModelTextAsync(HttpContext http)
    {
        const string suffix = "/llms.txt";
        var path = http.Request.RouteValues["path"] as string ?? "";
        return path.EndsWith(suffix, StringComparison.Ordinal) && catalog.TryFind(path[..^suffix.Length], out var endpoint)
            ? WriteTextAsync(http, () => LlmsText.Of(endpoint, Addresses(http)))
            : ErrorResponses.WritePathNotFoundAsync(http.Response, http.Request.Path);
    }

    /// <summary><c>GET /llms.txt</c>.</summary>
    public Task WriteIndexAsync(HttpContext http) => WriteTextAsync(http, () => LlmsIndex.Of(catalog.All, Addresses(http)));

    private DocumentAddresses Addresses(HttpContext http) => DocumentAddresses.Of(http.Request, options);

    private Task WriteOpenApiAsync(HttpContext http, Func<ModelEndpoint, DocumentAddresses, JsonObject> describe)
    {
        if (!IsRead(http)) return ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
        var document = catalog.TryFind(http.Request.Query["endpoint_id"].ToString(), out var endpoint) ? describe(endpoint, Addresses(http)) : null;
        return JsonResponse.WriteAsync(http.Response, document is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, document, static (writer, node) =>
        {
            if (node is null) writer.WriteNullValue();
            else node.WriteTo(writer);
        });
    }

    private static Task WriteTextAsync(HttpContext http, Func<string> write)
    {
        if (!IsRead(http)) return ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(write(), http.RequestAborted);
    }

    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
