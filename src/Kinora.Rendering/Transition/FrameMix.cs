using System.Runtime.Intrinsics;
using Kinora.Media;

namespace Kinora.Rendering.Transition;

/// <summary>Mixes two frames: out = a + (b - a) w / 256, rounded. Sixteen bytes at a time; the tail is scalar and gives the same bytes.</summary>
internal static class FrameMix
{
    public const int Full = 256;

    /// <param name="target">The first frame, and the result.</param>
    /// <param name="other">The second frame.</param>
    /// <param name="weight">How much of the second frame, 0 to 256.</param>
    /// <param name="threads">Threads to use.</param>
    public static void Into(VideoFrame target, VideoFrame other, int weight, int threads)
    {
        const int Slices = 16;
        var length = target.Data.Length;
        Parallel.For(0, Slices, new ParallelOptions { MaxDegreeOfParallelism = threads }, slice =>
        {
            int from = (int)((long)length * slice / Slices), to = (int)((long)length * (slice + 1) / Slices);
            Bytes(target.Data.AsSpan(from, to - from), other.Data.AsSpan(from, to - from), weight);
        });
    }

    public static void Bytes(Span<byte> target, ReadOnlySpan<byte> other, int weight)
    {
        var x = 0;
        var keep = Vector128.Create((ushort)(Full - weight));
        var take = Vector128.Create((ushort)weight);
        var half = Vector128.Create((ushort)128);
        for (; x <= target.Length - 16; x += 16)
        {
            var a = Vector128.Create<byte>(target[x..]);
            var b = Vector128.Create(other[x..]);
            var low = (Vector128.WidenLower(a) * keep + Vector128.WidenLower(b) * take + half) >>> 8;
            var high = (Vector128.WidenUpper(a) * keep + Vector128.WidenUpper(b) * take + half) >>> 8;
            Vector128.Narrow(low, high).CopyTo(target[x..]);
        }
        for (; x < target.Length; x++)
            target[x] = (byte)((target[x] * (Full - weight) + other[x] * weight + 128) >> 8);
    }
}
