using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Schedulers;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>The settings that a model was made for. Others give grain, blur or burnt colours.</summary>
public sealed record LtxVideoPreset
{
    /// <summary>The first pass, or the only one.</summary>
    public required LtxVideoSampling First { get; init; }

    /// <summary>The second pass at twice the size of the first, or null; it needs a spatial upsampler.</summary>
    public LtxVideoSampling? Second { get; init; }

    /// <summary>
    /// With two passes: the first one's sides as a share of the clip's. 0.5 makes the second pass exactly as large as the clip, whose sides must then be
    /// multiples of 64; the official 0.6666 makes it larger, and its frames are shrunk.
    /// </summary>
    public float FirstPassScale { get; init; } = 0.5f;

    /// <summary>How noisy the decoder is told the latents are, 0 to 1.</summary>
    public float DecodeTimestep { get; init; } = 0.05f;

    /// <summary>How much noise is mixed into the latents before decoding, 0 to 1.</summary>
    public float DecodeNoise { get; init; } = 0.025f;

    /// <summary>LTX-Video 0.9.8 distilled, one pass of 8 steps.</summary>
    public static LtxVideoPreset Distilled { get; } = new() { First = new LtxVideoSampling { Sigmas = DistilledSchedule.SinglePass } };

    /// <summary>LTX-Video 2B 0.9.8 distilled, 7 steps at half the size and 3 at full size.</summary>
    public static LtxVideoPreset DistilledTwoPass { get; } = new()
    {
        First = new LtxVideoSampling { Sigmas = DistilledSchedule.FirstPass },
        Second = new LtxVideoSampling { Sigmas = DistilledSchedule.SecondPass },
    };

    /// <summary>LTX-Video 13B 0.9.8 distilled, two passes; its second one needs the extremes pulled in.</summary>
    public static LtxVideoPreset DistilledTwoPass13B { get; } = DistilledTwoPass with
    {
        Second = DistilledTwoPass.Second! with { ToneMapping = 0.6f },
    };

    /// <summary>LTX-Video 2B 0.9.6 distilled: 8 even levels, fresh noise at every step.</summary>
    public static LtxVideoPreset Distilled096 { get; } = new()
    {
        First = new LtxVideoSampling { Sigmas = UniformSchedule.Create(8), IsStochastic = true },
    };

    /// <summary>LTX-Video 2B 0.9.6 dev.</summary>
    /// <param name="scale">Guidance scale; 3 is the official one.</param>
    /// <param name="steps">Steps; 40 is the official number.</param>
    public static LtxVideoPreset Dev2B(float scale = 3, int steps = 40) => new()
    {
        First = new LtxVideoSampling
        {
            Sigmas = LinearQuadraticSchedule.Create(steps),
            Guidance = GuidanceSchedule.Constant(new GuidanceStep { Scale = scale, PerturbationScale = 1, SkippedBlocks = [19], Rescale = 0.7f }),
        },
    };

    /// <summary>LTX-Video 13B 0.9.8 dev, one pass.</summary>
    /// <param name="scale">What the official scales (1 to 8) are multiplied by beyond 1; 1 leaves them.</param>
    /// <param name="steps">Steps; 30 is the official number.</param>
    public static LtxVideoPreset Dev13B(float scale = 1, int steps = 30)
    {
        float[] thresholds = [1.0f, 0.996f, 0.9933f, 0.9850f, 0.9767f, 0.9008f, 0.6180f];
        float[] scales = [1, 1, 6, 8, 6, 1, 1];
        float[] perturbations = [0, 0, 4, 4, 4, 2, 1];
        float[] rescales = [1, 1, 0.5f, 0.5f, 1, 1, 1];
        int[][] blocks = [[], [11, 25, 35, 39], [22, 35, 39], [28], [28], [28], [28]];
        var entries = thresholds.Select((threshold, i) => (threshold, new GuidanceStep
        {
            Scale = 1 + ((scales[i] - 1) * scale),
            IsStar = true,
            PerturbationScale = perturbations[i],
            SkippedBlocks = blocks[i],
            Rescale = rescales[i],
        }));
        return new LtxVideoPreset
        {
            First = new LtxVideoSampling { Sigmas = LinearQuadraticSchedule.Create(steps), Guidance = new GuidanceSchedule([.. entries]) },
        };
    }
}
