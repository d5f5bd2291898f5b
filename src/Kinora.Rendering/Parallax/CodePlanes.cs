using Kinora.Media;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// RGB to limited-range luma and chroma code values by ITU-R BT.709: Y' = 0.2126 R + 0.7152 G + 0.0722 B scaled to 16..235,
/// Cb = (B - Y') / 1.8556 and Cr = (R - Y') / 1.5748 scaled to 16..240. Chroma keeps the picture's full size here.
/// </summary>
internal sealed class CodePlanes
{
    public CodePlanes(int length) => (Y, U, V) = (new float[length], new float[length], new float[length]);

    public float[] Y { get; }

    public float[] U { get; }

    public float[] V { get; }

    public static CodePlanes Convert(Image image, int threads)
    {
        var result = new CodePlanes(image.Width * image.Height);
        Parallel.For(0, image.Height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y => result.ConvertRow(image, y));
        return result;
    }

    private void ConvertRow(Image image, int y)
    {
        var pixels = image.Pixels.AsSpan(y * image.Width * image.Channels, image.Width * image.Channels);
        for (int x = 0, at = y * image.Width; x < image.Width; x++, at++)
        {
            float r = pixels[x * image.Channels], g = pixels[x * image.Channels + 1], b = pixels[x * image.Channels + 2];
            var luma = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            Y[at] = luma * (219f / 255) + 16;
            U[at] = (b - luma) * (224f / 255 / 1.8556f) + 128;
            V[at] = (r - luma) * (224f / 255 / 1.5748f) + 128;
        }
    }
}
