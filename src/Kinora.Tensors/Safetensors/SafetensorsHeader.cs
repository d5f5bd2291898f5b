using System.Buffers.Binary;
using System.Text.Json;

namespace Kinora.Tensors.Safetensors;

/// <summary>
/// Reads a file's header and believes none of it before it is checked: lengths against the file, shapes against byte counts, and that the tensors
/// cover the data exactly, without gaps and overlaps, as <see href="https://github.com/huggingface/safetensors#format">the format</see> demands.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The longest header, in bytes; the format's own limit.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>Parses the first bytes of a file.</summary>
    /// <exception cref="SafetensorsException">Anything is wrong.</exception>
    public static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(string path, Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8 || RandomAccess.Read(file, prefix, 0) < 8)
            throw new SafetensorsException(path, $"the file has {length} bytes and can't hold a header.");
        var size = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (size > MaxBytes || (long)size > length - 8)
            throw new SafetensorsException(path, $"the header claims {size} bytes; the file has {length}, and {MaxBytes} are allowed.");
        var json = new byte[size];
        for (var done = 0; done < json.Length;)
        {
            var read = RandomAccess.Read(file, json.AsSpan(done), 8 + done);
            done += read > 0 ? read : throw new SafetensorsException(path, "the file ends within its header.");
        }

        try
        {
            var (entries, metadata) = Parse(path, json, 8 + (long)size, length);
            CheckCoverage(path, entries.Values, 8 + (long)size, length);
            return (entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new SafetensorsException(path, $"the header is not the JSON it should be: {exception.Message}", exception);
        }
    }

    private static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(string path, byte[] json, long dataStart, long length)
    {
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (name == "__metadata__")
                ReadMetadata(ref reader, metadata);
            else if (!entries.TryAdd(name, ReadEntry(path, ref reader, name, dataStart, length)))
                throw new SafetensorsException(path, $"the tensor '{name}' is listed twice.");
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("the object does not end where it should.");
        return (entries, metadata);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new JsonException($"the metadata '{key}' is there twice.");
        }

        RequireEnd(ref reader);
    }

    private static SafetensorsEntry ReadEntry(string path, ref Utf8JsonReader reader, string name, long dataStart, long length)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape" when shape is null: shape = ReadNumbers(ref reader); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers(ref reader); break;
                default: throw new JsonException($"'{name}' has an unknown or repeated property.");
            }
        }

        RequireEnd(ref reader);
        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new JsonException($"'{name}' needs dtype, shape and two data_offsets.");
        return Check(path, name, type, shape, begin, end, dataStart, length);
    }

    private static SafetensorsEntry Check(string path, string name, string type, List<long> lengths, long begin, long end, long dataStart, long length)
    {
        if (!SafetensorsTypes.TryFind(type, out var size, out var dtype))
            throw new SafetensorsException(path, $"'{name}' has the unknown element type '{type}'.");
        if (begin < 0 || end < begin || end > length - dataStart)
            throw new SafetensorsException(path, $"'{name}' claims bytes {begin} to {end} of {length - dataStart}.");
        Shape shape;
        try
        {
            shape = new Shape([.. lengths]);
        }
        catch (TensorException exception)
        {
            throw new SafetensorsException(path, $"'{name}': {exception.Message}", exception);
        }

        if ((Int128)shape.ElementCount * size != end - begin)
            throw new SafetensorsException(path, $"'{name}' is {type} {shape}, which does not take {end - begin} bytes.");
        return new SafetensorsEntry(name, type, dtype, shape, dataStart + begin, end - begin);
    }

    private static void CheckCoverage(string path, IEnumerable<SafetensorsEntry> entries, long dataStart, long length)
    {
        var next = dataStart;
        foreach (var entry in entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.ByteCount))
        {
            if (entry.Offset != next)
                throw new SafetensorsException(path, $"'{entry.Name}' starts at byte {entry.Offset}, where {next} was expected: tensors overlap or leave a gap.");
            next += entry.ByteCount;
        }

        if (next != length)
            throw new SafetensorsException(path, $"the tensors end at byte {next}, the file at {length}.");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.Number)
        {
            if (numbers.Count > 64 || !reader.TryGetInt64(out var number))
                throw new JsonException("expected a short list of whole numbers.");
            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException($"expected a number, got {reader.TokenType}.");
    }

    private static void RequireEnd(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.EndObject)
            throw new JsonException($"expected a property or the object's end, got {reader.TokenType}.");
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("the header ends too early.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (Next(ref reader) != type)
            throw new JsonException($"expected {type}, got {reader.TokenType}.");
    }
}
