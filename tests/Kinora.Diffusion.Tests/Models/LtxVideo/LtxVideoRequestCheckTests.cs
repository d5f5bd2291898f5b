using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoRequestCheckTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "width", "multiples of 32" },
        { "height", "multiples of 32" },
        { "frame rate", "frame rate" },
        { "no shots", "at least one shot" },
        { "frames", "8k + 1 frames" },
        { "too few frames", "8k + 1 frames" },
        { "motion noise", "motion noise" },
        { "window", "Windows" },
        { "levels rise", "Noise levels" },
        { "no levels", "Noise levels" },
        { "not distilled for it", "was distilled for" },
        { "no upsampler", "need a spatial latent upsampler" },
        { "no negative", "negative prompt" },
        { "continues nothing", "can't continue" },
        { "keyframe outside", "leaves the shot" },
        { "keyframe before", "leaves the shot" },
        { "strength", "strength from 0 to 1" },
        { "strength is no number", "strength from 0 to 1" },
        { "film at 4", "multiple of 8" },
        { "film of 8", "8k + 1 frames of film" },
        { "prepared size", "has not the clip's size" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_can_not_be_is_refused_with_a_reason(string kind, string reason)
    {
        var (request, allowed) = Request(kind);

        var exception = Assert.Throws<DiffusionException>(() => LtxVideoRequestCheck.Run(request, hasUpsampler: false, allowed));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_of_the_house_passes() => LtxVideoRequestCheck.Run(TinyModel.Request(), hasUpsampler: false, [1, 0.975, 0.725]);

    private static (LtxVideoRequest Request, double[] Allowed) Request(string kind)
    {
        var good = TinyModel.Request();
        var shot = good.Shots[0];
        LtxVideoKeyframe Keyframe(int at, int frames = 1, float strength = 1, int width = 64) =>
            new() { FrameIndex = at, Strength = strength, IsPrepared = true, Frames = [.. Enumerable.Range(0, frames).Select(_ => TinyModel.Picture(width, 64))] };
        LtxVideoRequest With(LtxVideoKeyframe keyframe) => good with { Shots = [shot with { Keyframes = [keyframe] }] };
        LtxVideoRequest Levels(params float[] sigmas) => good with { Preset = new LtxVideoPreset { First = new LtxVideoSampling { Sigmas = sigmas } } };
        return kind switch
        {
            "width" => (good with { Width = 720 }, []),
            "height" => (good with { Height = 0 }, []),
            "frame rate" => (good with { FrameRate = double.NaN }, []),
            "no shots" => (good with { Shots = [] }, []),
            "frames" => (good with { Shots = [shot with { Frames = 16 }] }, []),
            "too few frames" => (good with { Shots = [shot with { Frames = 1 }] }, []),
            "motion noise" => (good with { MotionNoise = -1 }, []),
            "window" => (good with { WindowFrames = 65 }, []),
            "levels rise" => (Levels(0.5f, 0.6f), []),
            "no levels" => (Levels(), []),
            "not distilled for it" => (Levels(1, 0.5f), [1, 0.9937]),
            "no upsampler" => (good with { Preset = LtxVideoPreset.DistilledTwoPass }, []),
            "no negative" => (good with { Preset = new LtxVideoPreset { First = new LtxVideoSampling { Sigmas = [1], Guidance = GuidanceSchedule.Constant(new GuidanceStep { Scale = 3 }) } } }, []),
            "continues nothing" => (good with { Shots = [shot with { ContinuesPrevious = true }] }, []),
            "keyframe outside" => (With(Keyframe(17)), []),
            "keyframe before" => (With(Keyframe(-1)), []),
            "strength" => (With(Keyframe(0, strength: 1.1f)), []),
            "strength is no number" => (With(Keyframe(0, strength: float.NaN)), []),
            "film at 4" => (With(Keyframe(4, frames: 9)), []),
            "film of 8" => (With(Keyframe(0, frames: 8)), []),
            "prepared size" => (With(Keyframe(0, width: 32)), []),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
