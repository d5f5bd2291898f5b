namespace Kinora.Tensors.Safetensors;

/// <summary>A tensor in a file: what the header says, checked against the file's size.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="TypeName">The element type as the file spells it, for example <c>BF16</c>.</param>
/// <param name="DType">The element type, or null if this library has none for it; such a tensor can be listed but not read.</param>
/// <param name="Shape">The axes' lengths.</param>
/// <param name="Offset">The first byte in the file.</param>
/// <param name="ByteCount">Bytes.</param>
public sealed record SafetensorsEntry(string Name, string TypeName, DType? DType, Shape Shape, long Offset, long ByteCount);
