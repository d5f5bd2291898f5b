using System.Text.Json;

namespace Kinora.Tensors.Safetensors;

/// <summary>The tensors of several files as one: a checkpoint in shards.</summary>
public sealed class SafetensorsCheckpoint : ISafetensorsSource, IDisposable
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly string _path;

    private SafetensorsCheckpoint(string path) => _path = path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Opens a single file, or all shards that an index (<c>….safetensors.index.json</c>) names.</summary>
    /// <param name="path">A <c>.safetensors</c> file or an index; shards lie beside it.</param>
    /// <exception cref="SafetensorsException">A file is damaged, a shard is named outside the index's folder, or tensors are missing or there
    /// twice.</exception>
    /// <exception cref="IOException">A file is missing or can't be read.</exception>
    public static SafetensorsCheckpoint Open(string path)
    {
        var checkpoint = new SafetensorsCheckpoint(path);
        try
        {
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                checkpoint.AddShards();
            else
                checkpoint.Add(path);
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Map(string name) => Owner(name).Map(name);

    /// <inheritdoc/>
    public Tensor Load(string name, TensorMemory memory) => Owner(name).Load(name, memory);

    /// <summary>Closes all files; tensors that are still mapped keep their part until they are disposed.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private SafetensorsFile Owner(string name) =>
        _owners.GetValueOrDefault(name) ?? throw new SafetensorsException(_path, $"there is no tensor '{name}'.");

    private void Add(string shard)
    {
        var file = SafetensorsFile.Open(shard);
        _files.Add(file);
        foreach (var (name, entry) in file.Entries)
        {
            if (!_owners.TryAdd(name, file))
                throw new SafetensorsException(shard, $"the tensor '{name}' is in another shard too.");
            _entries.Add(name, entry);
        }

        foreach (var (key, value) in file.Metadata)
            _metadata.TryAdd(key, value);
    }

    private void AddShards()
    {
        var index = ReadIndex();
        var folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        foreach (var shard in index.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (shard.Length == 0 || shard != Path.GetFileName(shard) || shard is "." or ".." || shard.Contains('\\', StringComparison.Ordinal))
                throw new SafetensorsException(_path, $"the shard '{shard}' is not the name of a file beside the index.");
            Add(Path.Combine(folder, shard));
        }

        foreach (var (name, shard) in index)
        {
            if (!_owners.ContainsKey(name))
                throw new SafetensorsException(_path, $"the tensor '{name}' is not in '{shard}', where the index says it is.");
        }
    }

    private Dictionary<string, string> ReadIndex()
    {
        var bytes = new FileInfo(_path).Length;
        if (bytes > SafetensorsHeader.MaxBytes)
            throw new SafetensorsException(_path, $"the index has {bytes} bytes; {SafetensorsHeader.MaxBytes} are allowed.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(_path), new JsonDocumentOptions { MaxDepth = 8 });
            return json.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? string.Empty, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new SafetensorsException(_path, $"the index is not an object with a weight_map from names to files: {exception.Message}", exception);
        }
    }
}
