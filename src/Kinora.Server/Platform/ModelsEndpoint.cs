using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Server.Documents;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Platform;

/// <summary><c>GET /v1/models</c>: the catalogue, to be searched, filtered and paged through.</summary>
internal sealed class ModelsEndpoint(EndpointCatalog catalog)
{
    private const string List = "models";
    private const string OpenApi = "openapi-3.0";
    private const string EnterpriseStatus = "enterprise_status";

    /// <summary>Answers with a page of models.</summary>
    public Task ListAsync(PlatformCall call)
    {
        var expand = call.Query.Expand([OpenApi, EnterpriseStatus]);
        var limit = call.Query.Limit(standard: 50, most: 100);
        var first = call.Query.Offset(List);
        var found = Find(call.Query).ToList();
        var page = found.Skip(first).Take(limit).Select(endpoint => Describe(endpoint, call.Addresses, expand));
        return call.WritePageAsync("models", page, first + limit < found.Count ? Cursor.Write(List, first + limit) : null);
    }

    /// <summary>The endpoints of these ids, or all if there are none.</summary>
    /// <exception cref="PlatformRefusedException">One is not there.</exception>
    public static IEnumerable<ModelEndpoint> Choose(EndpointCatalog catalog, IReadOnlyList<string> ids) => ids.Count == 0
        ? catalog.All
        : ids.Select(id => catalog.TryFind(id, out var endpoint) ? endpoint : throw PlatformRefusedException.NotFound($"This server has no endpoint {Shorten(id)}."));

    /// <summary>What a caller sent, as far as it helps to repeat it.</summary>
    public static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private IEnumerable<ModelEndpoint> Find(PlatformQuery query)
    {
        var words = (query.Text("q") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var category = query.Text("category");
        var isActive = query.Text("status") switch
        {
            null or "active" => true,
            "deprecated" => false,
            _ => throw PlatformRefusedException.Invalid("status must be active or deprecated."),
        };
        return Choose(catalog, query.Endpoints()).Where(endpoint =>
            isActive && (category is null || category == endpoint.Category) && words.All(word => Mentions(endpoint, word)));
    }

    private static bool Mentions(ModelEndpoint endpoint, string word) =>
        $"{endpoint.Id} {endpoint.Title} {endpoint.Description} {endpoint.Category} {string.Join(' ', endpoint.Tags)}".Contains(word, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Describe(ModelEndpoint endpoint, DocumentAddresses addresses, IReadOnlyList<string> expand)
    {
        var added = endpoint.Added.ToDateTime(TimeOnly.MinValue).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var model = new JsonObject
        {
            ["endpoint_id"] = endpoint.Id,
            ["metadata"] = new JsonObject
            {
                ["display_name"] = endpoint.Title,
                ["category"] = endpoint.Category,
                ["description"] = endpoint.Description,
                ["status"] = "active",
                ["tags"] = new JsonArray([.. endpoint.Tags.Select(tag => (JsonNode)tag)]),
                ["updated_at"] = added,
                ["is_favorited"] = false,
                ["thumbnail_url"] = null,
                ["model_url"] = $"{addresses.Run}/{endpoint.Id}",
                ["date"] = added,
                ["highlighted"] = false,
                ["pinned"] = false,
                ["kind"] = "inference",
            },
        };
        if (expand.Contains(OpenApi))
            model["openapi"] = OpenApiDocument.OfQueue(endpoint, addresses);
        if (expand.Contains(EnterpriseStatus))
            model["enterprise_status"] = "ready";
        return model;
    }
}
