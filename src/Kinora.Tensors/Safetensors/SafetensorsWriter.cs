using System.Buffers.Binary;
using System.Text.Json;

namespace Kinora.Tensors.Safetensors;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>
    /// Writes tensors to a file, in order. The file appears under its name only when it is complete: it is written beside it as <c>….part</c> first.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Dense tensors with different names.</param>
    /// <param name="metadata">Text to carry along.</param>
    /// <exception cref="TensorException">A tensor is not dense, or two have one name.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (var (name, tensor) in tensors)
        {
            if (!tensor.IsContiguous)
                throw new SafetensorsException(path, $"'{name}' is not dense ({tensor}); copy it first.");
        }

        Write(path, [.. tensors.Select(pair => (pair.Key, pair.Value.DType, pair.Value.Shape))], (index, write) => write(tensors[index].Value), metadata);
    }

    /// <summary>As the other <c>Write</c>, with one tensor in memory at a time.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="layout">Names, types and shapes, in order.</param>
    /// <param name="make">Called once per index, in order; gives the dense tensor of that type and shape to the function it gets, which writes it.</param>
    /// <param name="metadata">Text to carry along.</param>
    /// <exception cref="TensorException">Two tensors have one name, or one is not what the layout says.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(
        string path, IReadOnlyList<(string Name, DType DType, Shape Shape)> layout, Action<int, Action<Tensor>> make, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(make);
        CheckNames(path, layout);
        var part = path + ".part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                WriteHeader(file, layout, metadata);
                for (var i = 0; i < layout.Count; i++)
                {
                    var (name, dtype, shape) = layout[i];
                    var isWritten = false;
                    make(i, tensor =>
                    {
                        if (tensor.DType != dtype || tensor.Shape != shape || !tensor.IsContiguous || isWritten)
                            throw new SafetensorsException(path, $"'{name}' should be one dense {dtype} {shape} and is {tensor}.");
                        WriteData(file, tensor);
                        isWritten = true;
                    });
                    if (!isWritten)
                        throw new SafetensorsException(path, $"'{name}' was not made.");
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void CheckNames(string path, IReadOnlyList<(string Name, DType DType, Shape Shape)> layout)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var (name, _, _) in layout)
        {
            if (!names.Add(name))
                throw new SafetensorsException(path, $"'{name}' can't be the name of a second tensor.");
        }
    }

    private static void WriteHeader(FileStream file, IReadOnlyList<(string Name, DType DType, Shape Shape)> layout, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var (name, dtype, shape) in layout)
                WriteEntry(json, name, dtype, shape, ref offset);
            json.WriteEndObject();
        }

        // Spaces, so that the data starts at a multiple of 64: mapped tensors are then aligned for every vector.
        while ((buffer.Length + 8) % 64 != 0)
            buffer.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, buffer.Length);
        file.Write(length);
        buffer.WriteTo(file);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, DType dtype, Shape shape, ref long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(dtype));
        json.WriteStartArray("shape");
        foreach (var length in shape)
            json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset += shape.ElementCount * dtype.SizeInBytes());
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static unsafe void WriteData(FileStream file, Tensor tensor)
    {
        tensor.Storage.BeginUse();
        try
        {
            var bytes = tensor.Shape.ElementCount * tensor.DType.SizeInBytes();
            for (long done = 0; done < bytes; done += 1 << 26)
                file.Write(new ReadOnlySpan<byte>(tensor.Address() + done, (int)Math.Min(bytes - done, 1 << 26)));
        }
        finally
        {
            tensor.Storage.EndUse();
        }
    }
}
