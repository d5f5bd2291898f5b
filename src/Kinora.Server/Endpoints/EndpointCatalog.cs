using System.Diagnostics.CodeAnalysis;

namespace Kinora.Server.Endpoints;

/// <summary>Every model endpoint that this server answers, by id.</summary>
public sealed class EndpointCatalog
{
    private readonly Dictionary<string, ModelEndpoint> _byId;

    /// <summary>Creates a catalogue; ids must be unique.</summary>
    public EndpointCatalog(IEnumerable<ModelEndpoint> endpoints)
    {
        All = [.. endpoints];
        _byId = All.ToDictionary(endpoint => endpoint.Id, StringComparer.Ordinal);
    }

    /// <summary>All endpoints, in the order in which they were registered.</summary>
    public IReadOnlyList<ModelEndpoint> All { get; }

    /// <summary>Finds an endpoint by its full id, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out ModelEndpoint? endpoint) => _byId.TryGetValue(id, out endpoint);
}
