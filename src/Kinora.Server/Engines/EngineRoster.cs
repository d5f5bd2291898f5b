namespace Kinora.Server.Engines;

/// <summary>The engines of this process by name.</summary>
internal sealed class EngineRoster(IEnumerable<IVideoEngine> engines)
{
    private readonly IReadOnlyList<IVideoEngine> _engines = [.. engines];

    /// <summary>Their names, the embedded one first.</summary>
    public IReadOnlyList<string> Names => [.. _engines.Select(engine => engine.Name)];

    /// <summary>The engine of that name; the embedded one where none is named.</summary>
    /// <exception cref="EngineException">This process has none of that name.</exception>
    public IVideoEngine Get(string? name) => name is null ? _engines[0]
        : _engines.FirstOrDefault(engine => engine.Name == name)
        ?? throw new EngineException($"The request needs the engine {name}; this worker has {string.Join(", ", Names)}.", isOutOfResources: false);
}
