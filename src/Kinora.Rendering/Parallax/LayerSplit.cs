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
    public CodePlanes Background(int threads)
    {
        var result = new CodePlanes(_picture.Y.Length);
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => _fill.Apply(_picture.Y, result.Y),
            () => _fill.Apply(_picture.U, result.U),
            () => _fill.Apply(_picture.V, result.V));
        return result;
    }

    /// <summary>
    /// The subject's own colours. At its soft edge every pixel is a mix, I = αF + (1-α)B, and B is known now: F = (I - (1-α)B) / α.
    /// Outside it the colours go on smoothly, so that sampling near the edge finds nothing of the background.
    /// </summary>
    public CodePlanes Foreground(CodePlanes background, int threads)
    {
        var result = new CodePlanes(_picture.Y.Length);
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => Unmix(_picture.Y, background.Y, result.Y, 16, 235),
            () => Unmix(_picture.U, background.U, result.U, 16, 240),
            () => Unmix(_picture.V, background.V, result.V, 16, 240));
        return result;
    }

    private void Unmix(float[] picture, float[] background, float[] result, float least, float most)
    {
        Plane half = new(_size.Width / 2, _size.Height / 2), solid = new(half.Width, half.Height);
        for (var y = 0; y < half.Height; y++)
        {
            for (var x = 0; x < half.Width; x++)
            {
                half[x, y] = picture[2 * y * _size.Width + 2 * x];
                solid[x, y] = _matte[2 * x, 2 * y] > 0.93f ? 1 : 0;
            }
        }
        var around = PushPull.Fill(half, solid);
        for (var i = 0; i < result.Length; i++)
        {
            var alpha = _matte.Values[i];
            if (alpha >= 0.999f)
            {
                result[i] = picture[i];
                continue;
            }
            var near = around.Sample(i % _size.Width * 0.5f - 0.25f, i / _size.Width * 0.5f - 0.25f);
            var unmixed = alpha > 0.02f ? Math.Clamp((picture[i] - (1 - alpha) * background[i]) / alpha, least, most) : near;
            var trust = Smooth.Step(0.05f, 0.4f, alpha);
            result[i] = near + (unmixed - near) * trust;
        }
    }
}
