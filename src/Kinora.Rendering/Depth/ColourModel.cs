using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>Two colour histograms, of the subject and of the rest, over 14 steps of lightness and both colour axes.</summary>
internal sealed class ColourModel
{
    private const int Steps = 14;
    private readonly int[] _bins;

    public ColourModel(WorkPicture picture)
    {
        _bins = new int[picture.Lightness.Length];
        for (var i = 0; i < _bins.Length; i++)
        {
            int a = Step(picture.Lightness.Values[i]), b = Step(picture.RedGreen.Values[i] * 0.8f + 0.5f), c = Step(picture.YellowBlue.Values[i] * 0.8f + 0.5f);
            _bins[i] = (a * Steps + b) * Steps + c;
        }
    }

    /// <summary>How much a colour counts against the place, as a power.</summary>
    private const float Weight = 0.7f;

    /// <summary>How much more likely each pixel's colour is on the subject than elsewhere, by the present guess.</summary>
    public float[] Odds(Plane guess) => Apply(Learn(guess));

    /// <summary>The same for pixels of this picture by what was learned from another one of the same scene.</summary>
    public float[] Apply(float[] odds)
    {
        var result = GC.AllocateUninitializedArray<float>(_bins.Length);
        for (var i = 0; i < result.Length; i++)
            result[i] = odds[_bins[i]];
        return result;
    }

    /// <summary>What a guess says about every colour.</summary>
    public float[] Learn(Plane guess)
    {
        float[] subject = new float[Steps * Steps * Steps], rest = new float[subject.Length];
        for (var i = 0; i < _bins.Length; i++)
        {
            subject[_bins[i]] += guess.Values[i];
            rest[_bins[i]] += 1 - guess.Values[i];
        }
        subject = Blur(subject);
        rest = Blur(rest);
        float subjectTotal = subject.Sum() + 1, restTotal = rest.Sum() + 1;
        var odds = new float[subject.Length];
        for (var k = 0; k < odds.Length; k++)
            odds[k] = MathF.Exp(Weight * Math.Clamp(MathF.Log((subject[k] / subjectTotal + 2e-6f) / (rest[k] / restTotal + 2e-6f)), -4, 4));
        return odds;
    }

    private static int Step(float value) => (int)Math.Clamp(value * Steps, 0, Steps - 1);

    // 1-2-1 along each axis: neighbouring colours are nearly the same colour.
    private static float[] Blur(float[] histogram)
    {
        foreach (var stride in (int[])[1, Steps, Steps * Steps])
        {
            var blurred = new float[histogram.Length];
            for (var i = 0; i < histogram.Length; i++)
            {
                var at = i / stride % Steps;
                blurred[i] = 0.5f * histogram[i] + 0.25f * histogram[at > 0 ? i - stride : i] + 0.25f * histogram[at < Steps - 1 ? i + stride : i];
            }
            histogram = blurred;
        }
        return histogram;
    }
}
