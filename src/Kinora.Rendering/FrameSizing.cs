using Kinora.Media;

namespace Kinora.Rendering;

/// <summary>Chooses the size of a clip from the picture it starts on: its own aspect ratio at about the area of 720p.</summary>
public static class FrameSizing
{
    /// <summary>Pixels of a 1280x720 frame.</summary>
    public const int Area720 = 1280 * 720;

    /// <summary>The narrowest and the widest picture accepted, as width over height.</summary>
    public const double NarrowestRatio = 0.4, WidestRatio = 2.5;

    /// <summary>
    /// The frame size for a picture: 1280x720 for 16:9, 720x1280 for 9:16, 960x960 for 1:1, otherwise close to
    /// <paramref name="pixelBudget"/> pixels at the picture's ratio. The width is a multiple of 16 (the encoder's block) unless that
    /// would bend the ratio by more than half a percent, or miss a frame of exactly that area (1080x1920); both sides are even.
    /// </summary>
    /// <param name="width">The picture's width in pixels, at least 1.</param>
    /// <param name="height">The picture's height in pixels, at least 1.</param>
    /// <param name="pixelBudget">Wanted area of the frame in pixels, at least 4096. Default: that of 1280x720.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side or the budget is too small. Ratios beyond 0.4 to 2.5 are clamped, not refused.</exception>
    public static FrameSize ForImage(int width, int height, int pixelBudget = Area720)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelBudget, 4096);
        var ratio = Math.Clamp((double)width / height, NarrowestRatio, WidestRatio);
        return Candidates(ratio, pixelBudget).MinBy(size => Cost(size, ratio, pixelBudget));
    }

    private static IEnumerable<FrameSize> Candidates(double ratio, int pixelBudget)
    {
        var ideal = Math.Sqrt(pixelBudget * ratio);
        for (var width = 2 * (int)(ideal * 0.98 / 2); width <= ideal * 1.02 + 2; width += 2)
            yield return new FrameSize(Math.Max(2, width), Math.Max(2, 2 * (int)Math.Round(width / ratio / 2, MidpointRounding.AwayFromZero)));
    }

    // A wrong ratio crops the picture, a wrong area only costs or saves a little, an odd width costs the encoder padding. A frame of exactly the wanted area
    // is one that has a name (1080x1920), which is worth the padding.
    private static double Cost(FrameSize size, double ratio, int pixelBudget)
    {
        var bend = Math.Abs((double)size.Width / size.Height / ratio - 1);
        var area = Math.Abs((double)size.Width * size.Height / pixelBudget - 1);
        return bend + 0.1 * area + (size.Width % 16 == 0 || area == 0 ? 0 : 0.005);
    }
}
