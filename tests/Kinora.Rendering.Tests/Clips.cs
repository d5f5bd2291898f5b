using Kinora.Media;

namespace Kinora.Rendering.Tests;

/// <summary>Short ways to make briefs and frames.</summary>
internal static class Clips
{
    public static ClipBrief Brief(Image start, string prompt, double seconds = 2, Image? end = null) => new()
    {
        Shots = [new Shot(prompt, TimeSpan.FromSeconds(seconds))],
        StartImage = start,
        EndImage = end,
        Seed = 7,
        Size = new FrameSize(start.Width, start.Height),
        Rate = new FrameRate(24),
    };

    public static MotionClip Create(ClipBrief brief, int threads = 2) =>
        MotionClip.Create(brief, new MotionClipOptions { Threads = threads }, TestContext.Current.CancellationToken);

    public static List<VideoFrame> Render(MotionClip clip, FrameSize size, int step = 1)
    {
        var frames = new List<VideoFrame>();
        for (var i = 0; i < clip.FrameCount; i += step)
            frames.Add(Frame(clip, size, i));
        return frames;
    }

    public static VideoFrame Frame(MotionClip clip, FrameSize size, int index)
    {
        var frame = new VideoFrame(size);
        clip.RenderFrame(index, frame);
        return frame;
    }

    /// <summary>A picture of smooth blobs on a gradient: something to see everywhere, no detail finer than eight pixels.</summary>
    public static Image Blobs(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var blobs = Math.Sin(x * 0.21) * Math.Sin(y * 0.19) + 0.6 * Math.Sin(x * 0.083 + 1) * Math.Sin(y * 0.071 + 2);
                var at = (y * width + x) * 3;
                pixels[at] = (byte)(128 + 60 * blobs);
                pixels[at + 1] = (byte)(120 + 50 * blobs + 20.0 * y / height);
                pixels[at + 2] = (byte)(110 + 40 * Math.Sin(x * 0.11 + y * 0.05) + 20.0 * x / width);
            }
        }
        return new Image(width, height, 3, pixels);
    }
}
