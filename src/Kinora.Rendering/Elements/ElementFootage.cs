using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>
/// An element cut out of every frame of its video, in bytes at the size at which it will appear: 2.5 bytes a pixel and frame. It is held steady:
/// its own way through the video is taken out, because the scene gives it a path of its own.
/// </summary>
internal sealed class ElementFootage
{
    private readonly Cut[] _cuts;
    private readonly double _framesPerSecond;
    private readonly int _width, _height;
    private volatile Tuple<int, ElementSprite>? _last;

    private ElementFootage(Cut[] cuts, double framesPerSecond, int width, int height) =>
        (_cuts, _framesPerSecond, _width, _height) = (cuts, framesPerSecond, width, height);

    /// <summary>Cuts it out; null if its contour cannot be trusted anywhere.</summary>
    /// <param name="frames">The video.</param>
    /// <param name="rate">Its frame rate.</param>
    /// <param name="height">Height on the screen in pixels.</param>
    /// <param name="scene">The picture it will stand in.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static ElementFootage? TryCut(IReadOnlyList<VideoFrame> frames, FrameRate rate, double height, PictureReading scene, int threads)
    {
        if (FootageMasks.Find(frames, threads) is not { } masks)
            return null;
        var windows = FootageWindow.Following(masks);
        int tall = Math.Clamp((int)Math.Round(height), 8, 1080) & ~1, wide = Math.Clamp((int)Math.Round(tall * windows[0].Aspect), 8, 1920) & ~1;
        // Measured on one frame and the same in all: otherwise the colours would swim.
        var (sample, cover) = Sample(frames[0], masks[0], windows[0], wide, tall, chroma: 1);
        var light = ElementLight.Between(sample, cover, scene);
        var cuts = new Cut[frames.Count];
        Parallel.For(0, frames.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var (planes, alpha) = Sample(frames[i], masks[i], windows[i], wide, tall, chroma: 2);
            light.Apply(planes);
            cuts[i] = new Cut(Bytes(planes[0], 1), Bytes(planes[1], 1), Bytes(planes[2], 1), Bytes(alpha, 255));
        });
        return new ElementFootage(cuts, rate.FramesPerSecond, wide, tall);
    }

    /// <summary>What it looks like at a moment of the scene: it plays to its end, back, and so on.</summary>
    public ElementSprite At(double seconds)
    {
        var there = (int)(seconds * _framesPerSecond + 0.5) % Math.Max(1, 2 * (_cuts.Length - 1));
        var number = there < _cuts.Length ? there : 2 * (_cuts.Length - 1) - there;
        if (_last is { } last && last.Item1 == number)
            return last.Item2;
        var cut = _cuts[number];
        Plane luma = Floats(cut.Luma, _width, _height, 1), alpha = Floats(cut.Alpha, _width, _height, 1f / 255);
        Plane blue = Floats(cut.Blue, _width / 2, _height / 2, 1), red = Floats(cut.Red, _width / 2, _height / 2, 1);
        var sprite = ElementSprite.Of([luma, Resampling.Resize(blue, _width, _height), Resampling.Resize(red, _width, _height)], alpha);
        _last = Tuple.Create(number, sprite);
        return sprite;
    }

    private static (Plane[] Planes, Plane Alpha) Sample(VideoFrame frame, Plane mask, FootageWindow window, int width, int height, int chroma)
    {
        int frameWidth = frame.Size.Width, frameHeight = frame.Size.Height;
        // A little inside the contour: the outermost pixels still have the colour of what was behind.
        var alpha = window.Cut(mask, width, height, outside: 0).Map(value => Smooth.Step(0.4f, 0.9f, value));
        Plane[] planes =
        [
            window.Cut(Floats(frame.Y, frameWidth, frameHeight, 1), width, height),
            window.Cut(Floats(frame.U, frameWidth / 2, frameHeight / 2, 1), width / chroma, height / chroma),
            window.Cut(Floats(frame.V, frameWidth / 2, frameHeight / 2, 1), width / chroma, height / chroma),
        ];
        return (planes, alpha);
    }

    private static Plane Floats(ReadOnlySpan<byte> bytes, int width, int height, float scale)
    {
        var plane = new Plane(width, height);
        for (var i = 0; i < plane.Length; i++)
            plane.Values[i] = bytes[i] * scale;
        return plane;
    }

    private static byte[] Bytes(Plane plane, float scale) => Array.ConvertAll(plane.Values, value => (byte)(value * scale + 0.5f));

    private sealed record Cut(byte[] Luma, byte[] Blue, byte[] Red, byte[] Alpha);
}
