namespace Kinora.Tensors.Safetensors;

/// <summary>The tensors whose names begin alike, under their names without that beginning; scopes of scopes work too.</summary>
public sealed class SafetensorsScope : ISafetensorsSource
{
    private readonly ISafetensorsSource _source;
    private readonly string _prefix;

    /// <summary>Looks at a part of a source.</summary>
    /// <param name="source">The whole; it must stay open.</param>
    /// <param name="prefix">The beginning of the names, for example <c>model.diffusion_model.</c>.</param>
    public SafetensorsScope(ISafetensorsSource source, string prefix)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(prefix);
        (_source, _prefix) = (source, prefix);
        Entries = source.Entries.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _source.Metadata;

    /// <inheritdoc/>
    public Tensor Map(string name) => _source.Map(_prefix + name);

    /// <inheritdoc/>
    public Tensor Load(string name, TensorMemory memory) => _source.Load(_prefix + name, memory);
}
