using Kinora.Diffusion.TextEncoders;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Tells weights that belong together and are whole from those that only have the right shapes: a picture must survive the autoencoder, its latents must be
/// spread as those of photos are, and the text encoder's answer must be numbers. It says nothing about the transformer's taste.
/// </summary>
public static class LtxVideoSmokeTest
{
    /// <summary>A picture that comes back worse than this has not been understood. Published autoencoders give 33 dB and more on photos.</summary>
    public const double LeastPsnr = 30;

    private const int Width = 256, Height = 192;

    /// <summary>Runs it.</summary>
    /// <param name="device">Where.</param>
    /// <param name="files">The model.</param>
    /// <param name="cancellation">Heeded within one stage.</param>
    /// <exception cref="DiffusionException">The files can't be used at all, or do not fit into memory.</exception>
    public static LtxVideoSmokeResult Run(ComputeDevice device, LtxVideoFiles files, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        bool isTextFinite;
        using (var prompts = PromptEncoder.Load(device, files.TextEncoderPath, File.ReadAllBytes(files.VocabularyPath), NumberFormat.Int8, cancellation))
            isTextFinite = IsFinite(prompts.Encode("A lighthouse in a storm, slowly coming closer.", cancellation).Values.Span);
        using var checkpoint = files.OpenCheckpoint();
        using var pipeline = checkpoint.LoadPipeline(device, cancellation: cancellation);
        var picture = Picture();
        var (decoded, mean, deviation) = pipeline.RoundTrip(picture, cancellation);
        return new LtxVideoSmokeResult(Psnr(picture, decoded), mean, deviation, isTextFinite);
    }

    /// <summary>Sky, sun, hills and a fence: soft and hard edges in all colours.</summary>
    internal static RgbFrame Picture()
    {
        var pixels = new float[3 * Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (red, green, blue) = Colour(x, y);
                var at = 3 * ((y * Width) + x);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((float)red, (float)green, (float)blue);
            }
        }

        return new RgbFrame(Width, Height, pixels);
    }

    private static (double Red, double Green, double Blue) Colour(int x, int y)
    {
        var hills = 110 + (18 * Math.Sin(x / 29.0)) + (7 * Math.Sin((x / 11.0) + 1));
        if (y > 150 && (x % 32 < 6 || y is > 160 and < 166))
            return (0.45, 0.3, 0.2);
        if (y > hills)
            return (0.2 + (0.1 * Math.Sin(x / 17.0)), 0.35 + (0.15 * Math.Sin((x + y) / 23.0)), 0.15);
        var sun = Math.Clamp((26 - Math.Sqrt(((x - 190) * (x - 190)) + ((y - 45) * (y - 45)))) / 3, 0, 1);
        var sky = y / hills;
        return ((0.35 + (0.4 * sky)) * (1 - sun) + sun, ((0.55 + (0.25 * sky)) * (1 - sun)) + (0.93 * sun), (0.85 * (1 - sun)) + (0.6 * sun));
    }

    private static double Psnr(RgbFrame a, RgbFrame b)
    {
        var left = a.Pixels.Span;
        var right = b.Pixels.Span;
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += ((double)left[i] - right[i]) * (left[i] - right[i]);
        return -10 * Math.Log10(Math.Max(1e-12, sum / left.Length));
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
