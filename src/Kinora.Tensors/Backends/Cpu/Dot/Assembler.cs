using System.Buffers.Binary;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>
/// The dozen x86-64 instructions that the dot tiles are made of, as bytes (Intel's Software Developer's Manual, volume 2, chapter 2: REX and EVEX
/// prefixes). Vector operands are 512 bits wide; memory operands are a register plus a displacement.
/// </summary>
internal sealed class Assembler
{
    private readonly List<byte> _bytes = [];

    /// <summary>Where the next instruction goes.</summary>
    public int Position => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    /// <summary>dst = 0.</summary>
    public void Zero(int zmm) => Vector(map: 1, prefix: 1, 0xEF, zmm, zmm, zmm);

    /// <summary>acc += two products of bfloat16 per lane.</summary>
    public void DotBFloat16(int acc, int a, int b) => Vector(map: 2, prefix: 2, 0x52, acc, a, b);

    /// <summary>acc += four products of an unsigned byte of a and a signed byte of b per lane.</summary>
    public void DotInt8(int acc, int a, int b) => Vector(map: 2, prefix: 1, 0x50, acc, a, b);

    /// <summary>dst = 64 bytes.</summary>
    public void Load(int zmm, Register address, int offset) => VectorMemory(map: 1, prefix: 0, 0x10, zmm, 0, address, offset, 64);

    /// <summary>64 bytes = src.</summary>
    public void Store(int zmm, Register address, int offset) => VectorMemory(map: 1, prefix: 0, 0x11, zmm, 0, address, offset, 64);

    /// <summary>dst = one 32-bit word in every lane.</summary>
    public void Broadcast(int zmm, Register address, int offset) => VectorMemory(map: 2, prefix: 1, 0x58, zmm, 0, address, offset, 4);

    /// <summary>dst += 16 floats.</summary>
    public void AddFloats(int zmm, Register address, int offset) => VectorMemory(map: 1, prefix: 0, 0x58, zmm, zmm, address, offset, 64);

    /// <summary>dst += 16 whole numbers.</summary>
    public void AddIntegers(int zmm, Register address, int offset) => VectorMemory(map: 1, prefix: 1, 0xFE, zmm, zmm, address, offset, 64);

    /// <summary>Ends the use of wide vectors, as callers expect it.</summary>
    public void ZeroUpper() => _bytes.AddRange([0xC5, 0xF8, 0x77]);

    public void Load(Register target, Register address, int offset) => Integer(0x8B, (int)target, address, offset);

    /// <summary>Adds a 64-bit number in memory.</summary>
    public void Add(Register target, Register address, int offset) => Integer(0x03, (int)target, address, offset);

    public void Add(Register target, Register other) =>
        _bytes.AddRange([Rex((int)other, (int)target), 0x01, ModRm(3, (int)other, (int)target)]);

    public void Add(Register target, int value)
    {
        _bytes.AddRange([Rex(0, (int)target), 0x81, ModRm(3, 0, (int)target)]);
        Int32(value);
    }

    public void ShiftLeft(Register target, byte count) => _bytes.AddRange([Rex(0, (int)target), 0xC1, ModRm(3, 4, (int)target), count]);

    public void Decrement(Register target) => _bytes.AddRange([Rex(0, (int)target), 0xFF, ModRm(3, 1, (int)target)]);

    /// <summary>Decrements a 64-bit number in memory.</summary>
    public void Decrement(Register address, int offset) => Integer(0xFF, 1, address, offset);

    /// <summary>Compares a 64-bit number in memory with 0.</summary>
    public void CompareWithZero(Register address, int offset)
    {
        Integer(0x83, 7, address, offset);
        _bytes.Add(0);
    }

    /// <summary>Brings a line into the first (1) or second (2) level cache.</summary>
    public void Prefetch(int level, Register address, int offset)
    {
        if ((int)address > 7)
            _bytes.Add(0x41);
        _bytes.AddRange([0x0F, 0x18]);
        Memory(level, address, offset);
    }

    /// <summary>Jumps to an earlier position if the last result was not 0.</summary>
    public void JumpBackIfNotZero(int position)
    {
        _bytes.AddRange([0x0F, 0x85]);
        Int32(position - (Position + 4));
    }

    /// <summary>Jumps if the last result was 0, to where <see cref="Land"/> is called with what this returns.</summary>
    public int JumpIfZero()
    {
        _bytes.AddRange([0x0F, 0x84, 0, 0, 0, 0]);
        return Position;
    }

    /// <summary>The target of a forward jump.</summary>
    public void Land(int jump)
    {
        Span<byte> distance = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(distance, Position - jump);
        for (var i = 0; i < 4; i++)
            _bytes[jump - 4 + i] = distance[i];
    }

    public void Return() => _bytes.Add(0xC3);

    /// <summary>Fills up to a multiple of 64 bytes with instructions that do nothing.</summary>
    public void Align()
    {
        while (Position % 64 != 0)
            _bytes.Add(0x90);
    }

    private static byte Rex(int reg, int rm) => (byte)(0x48 | (reg >> 3 << 2) | (rm >> 3));

    private static byte ModRm(int mode, int reg, int rm) => (byte)((mode << 6) | ((reg & 7) << 3) | (rm & 7));

    private void Integer(byte opcode, int reg, Register address, int offset)
    {
        _bytes.AddRange([Rex(reg, (int)address), opcode]);
        Memory(reg, address, offset);
    }

    private void Memory(int reg, Register address, int offset)
    {
        _bytes.Add(ModRm(2, reg, (int)address));
        Int32(offset);
    }

    private void Vector(int map, int prefix, byte opcode, int target, int first, int second)
    {
        Evex(map, prefix, opcode, target, first, second >> 4, (second >> 3) & 1);
        _bytes.Add(ModRm(3, target, second));
    }

    // A displacement that is a multiple of the operand's size and small enough is stored divided by it, in one byte.
    private void VectorMemory(int map, int prefix, byte opcode, int target, int first, Register address, int offset, int size)
    {
        Evex(map, prefix, opcode, target, first, 0, (int)address >> 3);
        if (offset % size == 0 && offset / size is >= -128 and <= 127)
        {
            _bytes.AddRange([ModRm(1, target, (int)address), (byte)(offset / size)]);
            return;
        }

        Memory(target, address, offset);
    }

    // P0: R̄ X̄ B̄ R̄' 0 mmm. P1: W v̄v̄v̄v̄ 1 pp. P2: z L'L b V̄' aaa, with L'L = 2 for 512 bits.
    private void Evex(int map, int prefix, byte opcode, int reg, int vvvv, int x, int b)
    {
        var p0 = ((~reg >> 3 & 1) << 7) | ((~x & 1) << 6) | ((~b & 1) << 5) | ((~reg >> 4 & 1) << 4) | map;
        var p1 = ((~vvvv & 15) << 3) | 4 | prefix;
        var p2 = (2 << 5) | ((~vvvv >> 4 & 1) << 3);
        _bytes.AddRange([0x62, (byte)p0, (byte)p1, (byte)p2, opcode]);
    }

    private void Int32(int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        _bytes.AddRange(four);
    }
}
