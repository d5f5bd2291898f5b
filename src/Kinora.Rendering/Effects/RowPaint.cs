using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinora.Rendering.Effects;

/// <summary>
/// Mixes a row towards a value or another row: out = in + (target - in) a, where a is 16.16 fixed point at the nodes and linear between them.
/// Eight pixels at a time; the tail is scalar and gives the same bytes. A negative weight moves away from the target: towards black it is a gain.
/// </summary>
internal static class RowPaint
{
    private static readonly Vector256<int> s_iota = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    public static void Towards(Span<byte> row, ReadOnlySpan<int> nodes, int cellShift, int target)
    {
        var whole = row.Length & ~7;
        var goal = Vector256.Create(target);
        for (var x = 0; x < whole; x += 8)
        {
            var values = Load(row, x);
            Store(values + Scale(goal - values, Weights(nodes, cellShift, x)), row, x);
        }
        for (var x = whole; x < row.Length; x++)
            row[x] = Scalar(row[x], target, nodes, cellShift, x);
    }

    public static void Towards(Span<byte> row, ReadOnlySpan<int> nodes, int cellShift, ReadOnlySpan<byte> target)
    {
        var whole = row.Length & ~7;
        for (var x = 0; x < whole; x += 8)
        {
            var values = Load(row, x);
            Store(values + Scale(Load(target, x) - values, Weights(nodes, cellShift, x)), row, x);
        }
        for (var x = whole; x < row.Length; x++)
            row[x] = Scalar(row[x], target[x], nodes, cellShift, x);
    }

    /// <summary>Mixes with another row as far as a third one covers it: out = in + (target - in) cover amount / 65536, rounded.</summary>
    /// <param name="row">The row, changed in place.</param>
    /// <param name="target">What to mix it with, of the same length.</param>
    /// <param name="cover">How much of it, 0 to 255, of the same length.</param>
    /// <param name="amount">How much of all of it, 0 to 257.</param>
    public static void Towards(Span<byte> row, ReadOnlySpan<byte> target, ReadOnlySpan<byte> cover, int amount)
    {
        var whole = row.Length & ~7;
        for (var x = 0; x < whole; x += 8)
        {
            var values = Load(row, x);
            Store(values + Scale(Load(target, x) - values, Load(cover, x) * amount), row, x);
        }
        for (var x = whole; x < row.Length; x++)
            row[x] = (byte)(row[x] + (((target[x] - row[x]) * cover[x] * amount + (1 << 15)) >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Weights(ReadOnlySpan<int> nodes, int cellShift, int x)
    {
        int cell = x >> cellShift, inside = x - (cell << cellShift), step = (nodes[cell + 1] - nodes[cell]) >> cellShift;
        return Vector256.Create(nodes[cell] + inside * step) + s_iota * step;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scale(Vector256<int> difference, Vector256<int> weight) => (difference * weight + Vector256.Create(1 << 15)) >> 16;

    private static byte Scalar(int value, int target, ReadOnlySpan<int> nodes, int cellShift, int x)
    {
        int cell = x >> cellShift, inside = x - (cell << cellShift), step = (nodes[cell + 1] - nodes[cell]) >> cellShift;
        return (byte)Math.Clamp(value + (((target - value) * (nodes[cell] + inside * step) + (1 << 15)) >> 16), 0, 255);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ReadOnlySpan<byte> row, int x)
    {
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in row[x])).AsByte());
        return Vector256.WidenLower(words.ToVector256Unsafe()).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> values, Span<byte> row, int x)
    {
        var clamped = Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(255));
        var words = Vector128.Narrow(clamped.GetLower(), clamped.GetUpper());
        Unsafe.WriteUnaligned(ref row[x], Vector128.Narrow(words.AsUInt16(), words.AsUInt16()).AsUInt64().ToScalar());
    }
}
