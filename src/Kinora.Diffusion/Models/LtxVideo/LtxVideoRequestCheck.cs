namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Refuses requests that no model could fulfil, before any work is done. Nothing is corrected silently.</summary>
internal static class LtxVideoRequestCheck
{
    private const int MaxSide = 8192;
    private const int MaxFrames = 1 << 16;

    /// <summary>Throws with what is wrong.</summary>
    public static void Run(LtxVideoRequest request, bool hasUpsampler, IReadOnlyList<double> allowedTimesteps)
    {
        ArgumentNullException.ThrowIfNull(request);
        Require(IsSide(request.Width) && IsSide(request.Height), $"Width and height must be multiples of 32 from 32 to {MaxSide}, got {request.Width}×{request.Height}.");
        Require(request.FrameRate is >= 1 and <= 120, $"The frame rate must be from 1 to 120, got {request.FrameRate}.");
        Require(request.Shots is { Count: > 0 }, "A request needs at least one shot.");
        Require(request.MotionNoise is >= 0 and <= 1, $"The motion noise must be from 0 to 1, got {request.MotionNoise}.");
        Require(IsClip(request.WindowFrames) && request.WindowFrames >= WindowPlan.LeastWindow, $"Windows must have 8k + 1 frames, at least {WindowPlan.LeastWindow}, got {request.WindowFrames}.");
        CheckTiling(request.Tiling);
        CheckPreset(request, hasUpsampler);
        CheckTimesteps(request.Preset.First.Sigmas, allowedTimesteps);
        CheckTimesteps(request.Preset.Second?.Sigmas ?? [], allowedTimesteps);
        for (var i = 0; i < request.Shots.Count; i++)
            CheckShot(request, request.Shots[i], i);
    }

    private static void CheckTiling(LtxVideoTiling? tiling)
    {
        if (tiling is null)
            return;
        Require(IsSide(tiling.Side) && IsSide(tiling.Stride) && tiling.Stride < tiling.Side, $"Parts must have sides and strides that are multiples of 32, the stride below the side, got {tiling.Side} and {tiling.Stride}.");
        Require(
            tiling.Time is not var (frames, step) || (frames % 8 == 0 && step % 8 == 0 && step >= 8 && step < frames),
            $"Parts in time must have frames and strides that are multiples of 8, the stride below the frames, got {tiling.Time}.");
    }

    // As the official code: four digits count.
    private static void CheckTimesteps(IReadOnlyList<float> sigmas, IReadOnlyList<double> allowed)
    {
        if (allowed.Count == 0)
            return;
        foreach (var sigma in sigmas)
            Require(allowed.Any(level => Math.Abs(level - sigma) < 5.5e-5), $"The model was distilled for the noise levels {string.Join(", ", allowed)}; {sigma} is not one of them. Take the preset of this model.");
    }

    private static void CheckPreset(LtxVideoRequest request, bool hasUpsampler)
    {
        var preset = request.Preset;
        Require(preset.DecodeTimestep is >= 0 and <= 1 && preset.DecodeNoise is >= 0 and <= 1, $"Decode timestep and noise must be from 0 to 1, got {preset.DecodeTimestep} and {preset.DecodeNoise}.");
        Schedulers.ScheduleCheck.Levels(preset.First.Sigmas);
        if (preset.Second is null)
            return;
        Schedulers.ScheduleCheck.Levels(preset.Second.Sigmas);
        Require(hasUpsampler, "Two passes need a spatial latent upsampler (ltxv-spatial-upscaler-0.9.8), which is not loaded; use a preset with one pass.");
        Require(preset.FirstPassScale is >= 0.25f and < 1, $"The first pass must be from 0.25 to 1 of the clip's size, got {preset.FirstPassScale}.");
        var (width, height) = FirstPassSize(request);
        Require(width >= 32 && height >= 32, $"{request.Width}×{request.Height} is too small for two passes.");
        Require(preset.FirstPassScale is not 0.5f || (request.Width % 64 == 0 && request.Height % 64 == 0), $"Two passes at half size need sides that are multiples of 64, got {request.Width}×{request.Height}.");
    }

    /// <summary>The size of the first of two passes.</summary>
    public static (int Width, int Height) FirstPassSize(LtxVideoRequest request)
    {
        return (Floor(request.Width), Floor(request.Height));

        int Floor(int side) => (int)(side * (double)request.Preset.FirstPassScale) / 32 * 32;
    }

    private static void CheckShot(LtxVideoRequest request, LtxVideoShot shot, int index)
    {
        Require(IsClip(shot.Frames) && shot.Frames is >= 9 and <= MaxFrames, $"Shot {index + 1} must have 8k + 1 frames from 9 to {MaxFrames}, got {shot.Frames}.");
        Require(shot.Prompt is { Tokens: > 0 }, $"Shot {index + 1} has no prompt.");
        var needsNegative = request.Preset.First.Guidance.NeedsNegative || (request.Preset.Second?.Guidance.NeedsNegative ?? false);
        Require(!needsNegative || shot.Negative is not null, $"Shot {index + 1} needs a negative prompt for guidance; an empty one will do.");
        Require(!shot.ContinuesPrevious || (index > 0 && shot.Keyframes.All(keyframe => keyframe.FrameIndex > 0)), $"Shot {index + 1} can't continue the one before: there is none, or it has a start frame of its own.");
        foreach (var keyframe in shot.Keyframes)
            CheckKeyframe(request, shot, keyframe, index);
    }

    private static void CheckKeyframe(LtxVideoRequest request, LtxVideoShot shot, LtxVideoKeyframe keyframe, int index)
    {
        var at = $"The keyframe at frame {keyframe.FrameIndex} of shot {index + 1}";
        var count = keyframe.Frames?.Count ?? 0;
        Require(keyframe.Strength is >= 0 and <= 1, $"{at} must have a strength from 0 to 1, got {keyframe.Strength}.");
        Require(IsClip(count), $"{at} must be one still or 8k + 1 frames of film, got {count} frames.");
        Require(keyframe.FrameIndex >= 0 && keyframe.FrameIndex <= shot.Frames - count, $"{at} has {count} frames and leaves the shot of {shot.Frames} frames.");
        Require(count == 1 || keyframe.FrameIndex % 8 == 0, $"{at} is film and must begin at a multiple of 8.");
        Require(!keyframe.IsPrepared || keyframe.Frames!.All(frame => frame.Width == request.Width && frame.Height == request.Height), $"{at} is said to be prepared, but has not the clip's size {request.Width}×{request.Height}.");
    }

    private static bool IsSide(int side) => side is >= 32 and <= MaxSide && side % 32 == 0;

    private static bool IsClip(int frames) => frames >= 1 && frames % 8 == 1;

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new DiffusionException(message);
    }
}
