using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>A checkpoint under other names: the code knows one spelling, files come in several.</summary>
internal sealed class RenamedSource : ISafetensorsSource
{
    private readonly ISafetensorsSource source;
    private readonly Dictionary<string, string> originals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);

    /// <summary>Renames every tensor; two must not get one name.</summary>
    /// <exception cref="CheckpointException">Two tensors have one meaning.</exception>
    public RenamedSource(ISafetensorsSource source, Func<string, string> rename)
    {
        this.source = source;
        foreach (var (original, entry) in source.Entries)
        {
            var name = rename(original);
            if (!originals.TryAdd(name, original))
                throw new CheckpointException($"'{original}' and '{originals[name]}' are the same tensor under two names.");
            entries.Add(name, entry);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => source.Metadata;

    /// <inheritdoc/>
    public Tensor Map(string name) => source.Map(originals.GetValueOrDefault(name, name));

    /// <inheritdoc/>
    public Tensor Load(string name, TensorMemory memory) => source.Load(originals.GetValueOrDefault(name, name), memory);
}
