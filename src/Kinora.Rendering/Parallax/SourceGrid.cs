using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Kinora.Media;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// For every 16th pixel of the output, the pixel of the picture that it shows. All motion meets in this grid, so every pixel is resampled once.
/// Back-projection needs the nearness of the point it is looking for, so the point is found by fixed-point steps from the unmoved one;
/// nearness is smooth and displacements are small, so four steps are below a hundredth of a pixel.
/// </summary>
internal sealed class SourceGrid
{
    public const int CellShift = 4, CellPixels = 1 << CellShift;
    private const int Steps = 4;

    public SourceGrid(FrameSize size)
    {
        Size = size;
        // One node beyond the last pixel, and whole groups of eight.
        Columns = (size.Width - 1) / CellPixels + 2;
        Rows = (size.Height - 1) / CellPixels + 2;
        Stride = (Columns + 7) & ~7;
        X = new float[Stride * Rows];
        Y = new float[Stride * Rows];
    }

    public FrameSize Size { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Nodes from one row of the grid to the next.</summary>
    public int Stride { get; }

    /// <summary>Source columns in pixels of the picture, 0 is the first pixel's centre; <c>[Rows, Stride]</c>.</summary>
    public float[] X { get; }

    /// <summary>Source rows, likewise.</summary>
    public float[] Y { get; }

    /// <summary>Fills the grid for a camera over a relief.</summary>
    /// <param name="view">The camera.</param>
    /// <param name="nearness">0 (far) to 1 (near) over the whole picture, at any size.</param>
    public void Project(in View view, Plane nearness)
    {
        float width = Size.Width, perWidth = 1 / width, aspect = width / Size.Height;
        var lanes = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) * CellPixels;
        for (var row = 0; row < Rows; row++)
        {
            var y = Vector256.Create((row * CellPixels + 0.5f - Size.Height / 2f) * perWidth * view.PerZoom + view.CentreV);
            for (var column = 0; column < Stride; column += 8)
            {
                var x = (lanes + Vector256.Create(column * CellPixels + 0.5f - width / 2)) * (perWidth * view.PerZoom) + Vector256.Create(view.CentreU);
                var (u, v) = Find(view, nearness, x, y, aspect);
                (u * width + Vector256.Create(width / 2 - 0.5f)).CopyTo(X, row * Stride + column);
                (v * width + Vector256.Create(Size.Height / 2f - 0.5f)).CopyTo(Y, row * Stride + column);
            }
        }
    }

    /// <summary>Picture coordinates of the nodes at an output row, moved by a constant shift along it (both in output pixels).</summary>
    /// <param name="row">Output row.</param>
    /// <param name="shift">Along it.</param>
    /// <param name="x">Takes <see cref="Columns"/> numbers.</param>
    /// <param name="y">Likewise.</param>
    public void Row(float row, float shift, Span<float> x, Span<float> y)
    {
        var cell = (int)row >> CellShift;
        float inside = (row - (cell << CellShift)) / CellPixels, along = shift / CellPixels;
        Mix(X.AsSpan(cell * Stride, Columns), X.AsSpan((cell + 1) * Stride, Columns), inside, along, x);
        Mix(Y.AsSpan(cell * Stride, Columns), Y.AsSpan((cell + 1) * Stride, Columns), inside, along, y);
    }

    private static void Mix(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float inside, float along, Span<float> output)
    {
        var i = 0;
        for (; i <= output.Length - 9; i += 8)
        {
            var here = Between(upper, lower, inside, i);
            var mixed = along == 0 ? here : here + (Between(upper, lower, inside, i + 1) - here) * along;
            mixed.CopyTo(output[i..]);
        }
        for (; i < output.Length; i++)
        {
            var here = upper[i] + (lower[i] - upper[i]) * inside;
            var next = Math.Min(i + 1, output.Length - 1);
            output[i] = here + (upper[next] + (lower[next] - upper[next]) * inside - here) * along;
        }
    }

    private static Vector256<float> Between(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float inside, int at)
    {
        var high = Vector256.Create(upper[at..]);
        return high + (Vector256.Create(lower[at..]) - high) * inside;
    }

    /// <summary>The picture points that eight rays see, in widths from the middle.</summary>
    /// <param name="view">The camera.</param>
    /// <param name="nearness">The relief.</param>
    /// <param name="x">Where the rays leave the camera, in widths from the middle, lens and shift taken out.</param>
    /// <param name="y">Likewise.</param>
    /// <param name="aspect">Width over height.</param>
    public static (Vector256<float> U, Vector256<float> V) Find(in View view, Plane nearness, Vector256<float> x, Vector256<float> y, float aspect)
    {
        var rayX = x * view.Xx + y * view.Xy + Vector256.Create(view.Xf);
        var rayY = x * view.Yx + y * view.Yy + Vector256.Create(view.Yf);
        var rayZ = x * view.Zx + y * view.Zy + Vector256.Create(view.Zf);
        var perDepth = Vector256.Create(View.Focal) / rayZ;
        var (u, v) = (x, y);
        for (var step = 0; step < Steps; step++)
        {
            var near = Sample(nearness, u, v * aspect);
            var q = near * (View.NearInverseDepth - View.FarInverseDepth) + Vector256.Create(View.FarInverseDepth);
            var scale = (Vector256<float>.One - q * view.Forward) * perDepth;
            u = rayX * scale + q * view.ShiftX;
            v = rayY * scale + q * view.ShiftY;
        }
        return (u, v);
    }

    // Bilinear; u and v run from -0.5 to 0.5 over the plane.
    private static Vector256<float> Sample(Plane plane, Vector256<float> u, Vector256<float> v)
    {
        var half = Vector256.Create(0.5f);
        var x = Clamp(u * plane.Width + Vector256.Create(plane.Width / 2f) - half, plane.Width - 1.001f);
        var y = Clamp(v * plane.Height + Vector256.Create(plane.Height / 2f) - half, plane.Height - 1.001f);
        var left = Vector256.ConvertToInt32(x);
        var top = Vector256.ConvertToInt32(y);
        var fx = x - Vector256.ConvertToSingle(left);
        var fy = y - Vector256.ConvertToSingle(top);
        var at = top * plane.Width + left;
        Vector256<float> a = Gather(plane.Values, at, 0), b = Gather(plane.Values, at, 1);
        Vector256<float> c = Gather(plane.Values, at, plane.Width), d = Gather(plane.Values, at, plane.Width + 1);
        var upper = a + (b - a) * fx;
        var lower = c + (d - c) * fx;
        return upper + (lower - upper) * fy;
    }

    private static Vector256<float> Clamp(Vector256<float> value, float maximum) =>
        Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256.Create(maximum));

    private static unsafe Vector256<float> Gather(float[] values, Vector256<int> at, int offset)
    {
        fixed (float* start = values)
        {
            if (Avx2.IsSupported)
                return Avx2.GatherVector256(start + offset, at, 4);
            Span<float> lanes = stackalloc float[8];
            for (var lane = 0; lane < 8; lane++)
                lanes[lane] = start[at.GetElement(lane) + offset];
            return Vector256.Create((ReadOnlySpan<float>)lanes);
        }
    }
}
