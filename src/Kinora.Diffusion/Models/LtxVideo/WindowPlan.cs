namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Cuts a long shot into windows of 8k + 1 frames that overlap by 25, as even as that allows.</summary>
internal static class WindowPlan
{
    /// <summary>Frames that two neighbouring windows share: four latent frames.</summary>
    public const int Overlap = 25;

    /// <summary>The fewest frames that a window may have at most; with fewer, a window's two overlaps would meet.</summary>
    public const int LeastWindow = 73;

    /// <summary>The windows: first frame and number of frames.</summary>
    /// <param name="frames">8k + 1.</param>
    /// <param name="window">The most frames of a window, 8k + 1.</param>
    public static IReadOnlyList<(int First, int Frames)> Create(int frames, int window)
    {
        if (frames <= window)
            return [(0, frames)];
        var count = 1 + (int)Math.Ceiling((double)(frames - window) / (window - Overlap));

        // A window has 8a + 1 frames; all of them together have those of the shot and the overlaps twice.
        var units = (frames - 1 + ((Overlap - 1) * (count - 1))) / LatentGrid.FramesPerLatent;
        var windows = new List<(int, int)>();
        for (int i = 0, first = 0; i < count; i++)
        {
            var length = (LatentGrid.FramesPerLatent * ((units / count) + (i < units % count ? 1 : 0))) + 1;
            windows.Add((first, length));
            first += length - Overlap;
        }

        return windows;
    }
}
