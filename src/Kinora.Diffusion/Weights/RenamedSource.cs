using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>A checkpoint under other names: the code knows one spelling, files come in several.</summary>
internal sealed class RenamedSource : ISafetensorsSource
{
    private readonly ISafetensorsSource _source;
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Renames every tensor; two must not get one name.</summary>
    /// <exception cref="CheckpointException">Two tensors have one meaning.</exception>
    public RenamedSource(ISafetensorsSource source, Func<string, string> rename)
    {
        _source = source;
        foreach (var (original, entry) in source.Entries)
        {
            var name = rename(original);
            if (!_originals.TryAdd(name, original))
                throw new CheckpointException($"'{original}' and '{_originals[name]}' are the same tensor under two names.");
            _entries.Add(name, entry);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _source.Metadata;

    /// <inheritdoc/>
    public Tensor Map(string name) => _source.Map(_originals.GetValueOrDefault(name, name));

    /// <inheritdoc/>
    public Tensor Load(string name, TensorMemory memory) => _source.Load(_originals.GetValueOrDefault(name, name), memory);
}
