using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>Splits a picture into a subject and a whole background, so that both together give back the picture.</summary>
internal sealed class LayerSplit
{
    private readonly CodePlanes _picture;
    private readonly FrameSize _size;
    private readonly Plane _matte;
    private readonly BackgroundFill _fill;

    /// <param name="picture">The picture in code values.</param>
    /// <param name="size">Its size.</param>
    /// <param name="reading">What was found in it; its subject must be trusted.</param>
    public LayerSplit(CodePlanes picture, FrameSize size, PictureReading reading)
    {
        (_picture, _size) = (picture, size);
        _matte = Matte.Refine(picture, size, reading.Subject.Mask);
        _fill = new BackgroundFill(_matte);
    }

    public Plane MatteAlpha => _matte;

    /// <summary>The picture with the subject gone.</summary>
    public CodePlanes Background(int threads) => _fill.Apply(_picture, threads);

    /// <summary>
    /// The subject's own colours. At its soft edge every pixel is a mix, I = αF + (1-α)B, and B is known now: F = (I - (1-α)B) / α.
    /// Outside it the colours go on smoothly, so that sampling near the edge finds nothing of the background.
    /// </summary>
    /// <param name="background">What lies behind it.</param>
    /// <param name="box">The part of the picture to make, with even sides.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public CodePlanes Foreground(CodePlanes background, PixelBox box, int threads)
    {
        var result = new CodePlanes((box.Right - box.Left) * (box.Bottom - box.Top));
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => Unmix(_picture.Y, background.Y, result.Y, box, 16, 235),
            () => Unmix(_picture.U, background.U, result.U, box, 16, 240),
            () => Unmix(_picture.V, background.V, result.V, box, 16, 240));
        return result;
    }

    private void Unmix(float[] picture, float[] background, float[] result, PixelBox box, float least, float most)
    {
        int width = box.Right - box.Left, height = box.Bottom - box.Top;
        Plane half = new(width / 2, height / 2), solid = new(half.Width, half.Height);
        for (var y = 0; y < half.Height; y++)
        {
            for (var x = 0; x < half.Width; x++)
            {
                var at = (box.Top + 2 * y) * _size.Width + box.Left + 2 * x;
                half[x, y] = picture[at];
                solid[x, y] = _matte.Values[at] > 0.93f ? 1 : 0;
            }
        }
        var around = PushPull.Fill(half, solid);
        for (var y = 0; y < height; y++)
        {
            var from = (box.Top + y) * _size.Width + box.Left;
            for (var x = 0; x < width; x++)
            {
                var alpha = _matte.Values[from + x];
                if (alpha >= 0.999f)
                {
                    result[y * width + x] = picture[from + x];
                    continue;
                }
                var near = around.Sample(x * 0.5f - 0.25f, y * 0.5f - 0.25f);
                var unmixed = alpha > 0.02f ? Math.Clamp((picture[from + x] - (1 - alpha) * background[from + x]) / alpha, least, most) : near;
                result[y * width + x] = near + (unmixed - near) * Smooth.Step(0.05f, 0.4f, alpha);
            }
        }
    }
}
