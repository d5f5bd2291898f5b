using Kinora.Diffusion;
using Kinora.Media;
using Kinora.Media.Color;

namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// Where the clip's frame lies in the model's. The shapes differ a little, so the clip's frame is fitted inside, its surroundings are its own reflection, and
/// what comes back is cut to it: the first frame of the clip matches the uploaded picture, neither shifted nor zoomed.
/// </summary>
internal sealed class LtxGeometry
{
    private readonly LtxBucket _bucket;
    private readonly FrameSize _size;
    private readonly (LtxAxis Columns, LtxAxis Rows) _toModel;
    private readonly (LtxAxis Columns, LtxAxis Rows) _toClip;

    /// <summary>Lays it out.</summary>
    /// <param name="size">The clip's frames.</param>
    /// <param name="bucket">The model's.</param>
    public LtxGeometry(FrameSize size, LtxBucket bucket)
    {
        (_size, _bucket) = (size, bucket);
        var scale = Math.Min((double)bucket.Width / size.Width, (double)bucket.Height / size.Height);
        var (left, top) = ((bucket.Width - (size.Width * scale)) / 2, (bucket.Height - (size.Height * scale)) / 2);
        _toModel = (new LtxAxis(size.Width, bucket.Width, scale, left), new LtxAxis(size.Height, bucket.Height, scale, top));
        _toClip = (new LtxAxis(bucket.Width, size.Width, 1 / scale, -left / scale), new LtxAxis(bucket.Height, size.Height, 1 / scale, -top / scale));
    }

    /// <summary>The model's frames.</summary>
    public LtxBucket Bucket => _bucket;

    /// <summary>A picture of the clip's size as the model takes it.</summary>
    public RgbFrame ToModel(Image image)
    {
        var pixels = Resample(Floats(image), _size.Width, _size.Height, _toModel, _bucket.Width, _bucket.Height);
        return new RgbFrame(_bucket.Width, _bucket.Height, pixels);
    }

    /// <summary>A frame of the model as the clip takes it.</summary>
    public VideoFrame ToClip(RgbFrame frame)
    {
        var pixels = Resample(frame.Pixels.Span, frame.Width, frame.Height, _toClip, _size.Width, _size.Height);
        return Yuv420.FromImage(new Image(_size.Width, _size.Height, 3, Bytes(pixels)));
    }

    /// <summary>0 to 255 as 0 to 1.</summary>
    internal static float[] Floats(Image image)
    {
        var pixels = new float[image.Pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = image.Pixels[i] / 255f;
        return pixels;
    }

    /// <summary>0 to 1 as 0 to 255; what is beyond is clipped.</summary>
    internal static byte[] Bytes(ReadOnlySpan<float> pixels)
    {
        var bytes = new byte[pixels.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(Math.Clamp(pixels[i], 0, 1) * 255 + 0.5f);
        return bytes;
    }

    private static float[] Resample(ReadOnlySpan<float> source, int width, int height, (LtxAxis Columns, LtxAxis Rows) axes, int toWidth, int toHeight)
    {
        var narrow = new float[3 * toWidth * height];
        for (var y = 0; y < height; y++)
            AlongRow(source.Slice(3 * y * width, 3 * width), axes.Columns, narrow.AsSpan(3 * y * toWidth, 3 * toWidth));
        var pixels = new float[3 * toWidth * toHeight];
        for (var y = 0; y < toHeight; y++)
        {
            var row = pixels.AsSpan(3 * y * toWidth, 3 * toWidth);
            var sources = axes.Rows.Sources(y);
            var weights = axes.Rows.Weights(y);
            for (var k = 0; k < sources.Length; k++)
                AddScaled(narrow.AsSpan(3 * sources[k] * toWidth, 3 * toWidth), weights[k], row);
        }

        return pixels;
    }

    private static void AlongRow(ReadOnlySpan<float> source, LtxAxis axis, Span<float> target)
    {
        for (var x = 0; x < target.Length / 3; x++)
        {
            var sources = axis.Sources(x);
            var weights = axis.Weights(x);
            float red = 0, green = 0, blue = 0;
            for (var k = 0; k < sources.Length; k++)
            {
                var at = 3 * sources[k];
                red += weights[k] * source[at];
                green += weights[k] * source[at + 1];
                blue += weights[k] * source[at + 2];
            }

            (target[3 * x], target[(3 * x) + 1], target[(3 * x) + 2]) = (red, green, blue);
        }
    }

    private static void AddScaled(ReadOnlySpan<float> source, float weight, Span<float> target)
    {
        if (weight == 0)
            return;
        for (var i = 0; i < target.Length; i++)
            target[i] += weight * source[i];
    }
}
