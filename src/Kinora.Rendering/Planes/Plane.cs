namespace Kinora.Rendering.Planes;

/// <summary>A picture of one number per pixel: rows from the top, no padding.</summary>
internal sealed class Plane
{
    public Plane(int width, int height)
        : this(width, height, new float[width * height])
    {
    }

    public Plane(int width, int height, float[] values) => (Width, Height, Values) = (width, height, values);

    /// <summary>A plane whose values are anything: for those who write every one of them.</summary>
    public static Plane Uninitialized(int width, int height) => new(width, height, GC.AllocateUninitializedArray<float>(width * height));

    public int Width { get; }

    public int Height { get; }

    /// <summary><c>[Height, Width]</c>.</summary>
    public float[] Values { get; }

    public int Length => Values.Length;

    public float this[int x, int y]
    {
        get => Values[y * Width + x];
        set => Values[y * Width + x] = value;
    }

    public Span<float> Row(int y) => Values.AsSpan(y * Width, Width);

    public Plane Clone() => new(Width, Height, (float[])Values.Clone());

    public Plane Map(Func<float, float> function)
    {
        var result = Uninitialized(Width, Height);
        float[] values = Values, mapped = result.Values;
        for (var i = 0; i < values.Length; i++)
            mapped[i] = function(values[i]);
        return result;
    }

    /// <summary>Bilinear sample at pixel coordinates (0 is the first pixel's centre), edges repeated.</summary>
    public float Sample(float x, float y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        int left = Math.Min((int)x, Math.Max(0, Width - 2)), top = Math.Min((int)y, Math.Max(0, Height - 2));
        float fx = x - left, fy = y - top;
        var at = top * Width + left;
        int right = Width > 1 ? 1 : 0, below = Height > 1 ? Width : 0;
        var upper = Values[at] + (Values[at + right] - Values[at]) * fx;
        var lower = Values[at + below] + (Values[at + below + right] - Values[at + below]) * fx;
        return upper + (lower - upper) * fy;
    }

    /// <summary>Bilinear sample at normalised coordinates: 0 and 1 are the outer edges.</summary>
    public float SampleAt(float u, float v) => Sample(u * Width - 0.5f, v * Height - 0.5f);
}
