using System.Runtime.Intrinsics;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth.Faces;

/// <summary>
/// Sums over everything above and left of each pixel, the even columns apart from the odd ones: so the same corner of eight windows that lie two pixels apart
/// is one load.
/// </summary>
internal sealed class IntegralImage
{
    /// <summary>Pixels from window to window.</summary>
    public const int Step = 2;

    private readonly int[] _sums;
    private readonly int _stride, _half;

    /// <param name="picture">0 to 1; taken in 256 steps.</param>
    public IntegralImage(Plane picture)
    {
        _stride = (picture.Width + 1) / 2 + 1;
        _half = _stride * (picture.Height + 1) + Vector256<int>.Count;
        // Windows beyond the last one of a row read on; nobody asks for what they find.
        _sums = new int[2 * _half + Vector256<int>.Count];
        for (var y = 0; y < picture.Height; y++)
        {
            var row = 0;
            for (var x = 0; x < picture.Width; x++)
            {
                row += (int)(picture[x, y] * 255 + 0.5f);
                _sums[Offset(x + 1, y + 1)] = _sums[Offset(x + 1, y)] + row;
            }
        }
    }

    /// <summary>Eight sums from an index on: of a pixel, and of those 2, 4, … 14 to its right.</summary>
    public Vector256<int> this[int index] => Vector256.LoadUnsafe(in _sums[index]);

    /// <summary>The index of the sum over everything left of and above a pixel; offsets of an even pixel and any other one add up.</summary>
    public int Offset(int x, int y) => (x & 1) * _half + y * _stride + (x >> 1);
}
