namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Makes a still ready to be a keyframe: cropped around its middle to the clip's shape, brought to its size, blurred a little (3×3, deviation 1), and sent
/// through a video codec, so that it looks like a frame of film.
/// </summary>
internal static class ImagePreparation
{
    /// <summary>The prepared still, with the clip's size.</summary>
    public static RgbFrame Prepare(RgbFrame image, int width, int height, Func<RgbFrame, CancellationToken, RgbFrame>? codec, CancellationToken cancellation)
    {
        var fitted = Blur(Fit(image, width, height));
        if (codec is null)
            return fitted;
        var coded = codec(fitted, cancellation);
        return coded.Width == width && coded.Height == height ? coded
            : throw new DiffusionException($"The codec round trip made {coded.Width}×{coded.Height} of {width}×{height}; it must keep the size.");
    }

    /// <summary>Covers the size, centred; shrinks by averaging the area under a pixel, enlarges bilinearly.</summary>
    internal static RgbFrame Fit(RgbFrame image, int width, int height)
    {
        if (image.Width == width && image.Height == height)
            return image;
        var scale = Math.Min((double)image.Width / width, (double)image.Height / height);
        var columns = Weights(image.Width, width, scale);
        var rows = Weights(image.Height, height, scale);
        var source = image.Pixels.Span;
        var narrow = new float[3L * width * image.Height];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                    narrow[(3 * ((y * width) + x)) + c] = Sum(columns[x], source, (3 * y * image.Width) + c, 3);
        var pixels = new float[3L * width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                    pixels[(3 * ((y * width) + x)) + c] = Sum(rows[y], narrow, (3 * x) + c, 3 * width);
        return new RgbFrame(width, height, pixels);
    }

    private static RgbFrame Blur(RgbFrame image)
    {
        // exp(-1/2) on both sides of 1, normalised.
        const float Side = 0.27406862f, Middle = 1 - (2 * Side);
        var (width, height) = (image.Width, image.Height);
        var source = image.Pixels.Span;
        var across = new float[source.Length];
        var pixels = new float[source.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                    across[At(x, y, c)] = (Side * (source[At(Mirror(x - 1, width), y, c)] + source[At(Mirror(x + 1, width), y, c)])) + (Middle * source[At(x, y, c)]);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                    pixels[At(x, y, c)] = (Side * (across[At(x, Mirror(y - 1, height), c)] + across[At(x, Mirror(y + 1, height), c)])) + (Middle * across[At(x, y, c)]);
        return new RgbFrame(width, height, pixels);

        int At(int x, int y, int c) => (3 * ((y * width) + x)) + c;
    }

    private static int Mirror(int index, int length) => length == 1 ? 0 : index < 0 ? -index : index >= length ? (2 * length) - 2 - index : index;

    // For every target position the first source position and the weights from there on: a triangle as wide as a target pixel, or two neighbours.
    private static (int First, float[] Factors)[] Weights(int from, int to, double scale)
    {
        var offset = (from - (to * scale)) / 2;
        var reach = Math.Max(1, scale);
        var result = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var centre = offset + ((i + 0.5) * scale) - 0.5;
            var first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, from - 1);
            var last = Math.Clamp((int)Math.Floor(centre + reach), first, from - 1);
            var factors = new float[last - first + 1];
            for (var k = first; k <= last; k++)
                factors[k - first] = (float)Math.Max(0, 1 - (Math.Abs(k - centre) / reach));
            var sum = factors.Sum();
            result[i] = sum > 0 ? (first, [.. factors.Select(factor => factor / sum)]) : (Math.Clamp((int)Math.Round(centre), 0, from - 1), [1]);
        }

        return result;
    }

    private static float Sum((int First, float[] Factors) weights, ReadOnlySpan<float> source, int start, int step)
    {
        var sum = 0f;
        for (var k = 0; k < weights.Factors.Length; k++)
            sum += weights.Factors[k] * source[start + ((weights.First + k) * step)];
        return sum;
    }
}
