using System.Buffers.Binary;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// Walks the fields of a <see href="https://protobuf.dev/programming-guides/encoding/">protocol buffer</see>: as much of the format as a vocabulary
/// file needs.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a whole number or fixed-width field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The content of a text, bytes or message field.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The value as a float, for 4-byte fields.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Number);

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are not a message.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Content = default;
        switch (tag & 7)
        {
            case 0: Number = Varint(); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8)); break;
            case 2: Content = Take(Varint()); break;
            case 5: Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            default: throw new FormatException($"a field has the unknown wire type {tag & 7}.");
        }

        return true;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("a number has more than ten bytes.");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new FormatException("the message ends within a field.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
