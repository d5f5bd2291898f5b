namespace Kinora.Media.Images;

/// <summary>16x16 pixels as four luma blocks and one of each colour difference (JFIF 1.02: ITU-R BT.601, full range), 128 taken away; edges repeated.</summary>
internal sealed class JpegMacroblock(Image image)
{
    public const int Side = 16;

    public float[][] Luma { get; } = [new float[64], new float[64], new float[64], new float[64]];

    public float[] BlueDifference { get; } = new float[64];

    public float[] RedDifference { get; } = new float[64];

    public void Read(int left, int top)
    {
        Array.Clear(BlueDifference);
        Array.Clear(RedDifference);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = (Math.Min(top + y, image.Height - 1) * image.Width + Math.Min(left + x, image.Width - 1)) * 3;
                float red = image.Pixels[at], green = image.Pixels[at + 1], blue = image.Pixels[at + 2];
                var luma = 0.299f * red + 0.587f * green + 0.114f * blue;
                Luma[(y >> 3) * 2 + (x >> 3)][(y & 7) * 8 + (x & 7)] = luma - 128;
                BlueDifference[(y >> 1) * 8 + (x >> 1)] += 0.25f * 0.564334f * (blue - luma);
                RedDifference[(y >> 1) * 8 + (x >> 1)] += 0.25f * 0.713267f * (red - luma);
            }
        }
    }
}
