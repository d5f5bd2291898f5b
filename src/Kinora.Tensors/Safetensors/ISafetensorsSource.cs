namespace Kinora.Tensors.Safetensors;

/// <summary>Named tensors of a checkpoint: of one file, of several shards, or the part of either whose names begin alike.</summary>
public interface ISafetensorsSource
{
    /// <summary>The tensors by name.</summary>
    IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The text that the file carries besides tensors; of shards, all together.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// A tensor that reads the file where it lies, without a copy; read-only. Disposing it lets go of the file. A file that is shortened while it is
    /// mapped ends the process, as with every mapped file: use <see cref="Load"/> where others may write.
    /// </summary>
    /// <exception cref="SafetensorsException">There is no such tensor, or its element type can't be read.</exception>
    Tensor Map(string name);

    /// <summary>A tensor copied from the file by plain reads.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, its element type can't be read, or the file has become shorter.</exception>
    /// <exception cref="TensorOutOfMemoryException">The memory has no room.</exception>
    Tensor Load(string name, TensorMemory memory);
}
