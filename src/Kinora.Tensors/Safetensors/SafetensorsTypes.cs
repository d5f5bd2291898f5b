namespace Kinora.Tensors.Safetensors;

/// <summary>The element types of the format and their sizes.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, (int Size, DType? DType)> s_known = new(StringComparer.Ordinal)
    {
        ["F64"] = (8, DType.Float64),
        ["F32"] = (4, DType.Float32),
        ["F16"] = (2, DType.Float16),
        ["BF16"] = (2, DType.BFloat16),
        ["F8_E4M3"] = (1, DType.Float8E4M3),
        ["F8_E5M2"] = (1, null),
        ["I64"] = (8, DType.Int64),
        ["I32"] = (4, DType.Int32),
        ["I16"] = (2, null),
        ["I8"] = (1, DType.Int8),
        ["U64"] = (8, null),
        ["U32"] = (4, null),
        ["U16"] = (2, null),
        ["U8"] = (1, DType.UInt8),
        ["BOOL"] = (1, null),
    };

    /// <summary>Size in bytes and element type of a name; false if the format has no such type.</summary>
    public static bool TryFind(string name, out int size, out DType? dtype)
    {
        var found = s_known.TryGetValue(name, out var type);
        (size, dtype) = type;
        return found;
    }

    /// <summary>The format's name of an element type.</summary>
    public static string NameOf(DType dtype) => s_known.First(pair => pair.Value.DType == dtype).Key;
}
