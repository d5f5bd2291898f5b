namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Joins the windows of a shot: holds the last frames of each back and fades from them to the next one's first.</summary>
internal sealed class WindowJoin(Action<RgbFrame> output)
{
    private List<RgbFrame> held = [];
    private List<RgbFrame> next = [];
    private int frames;
    private int position;
    private bool isLast;

    /// <summary>The last frames of the window before, which the next one begins with; empty for the first.</summary>
    public IReadOnlyList<RgbFrame> Tail => held;

    /// <summary>Begins a window.</summary>
    public void Begin(int windowFrames, bool isLastWindow) => (frames, position, isLast, next) = (windowFrames, 0, isLastWindow, []);

    /// <summary>Takes the window's next frame.</summary>
    public void Push(RgbFrame frame)
    {
        if (position < held.Count)
            output(Fade(held[position], frame, (position + 1f) / (held.Count + 1)));
        else if (!isLast && position >= frames - WindowPlan.Overlap)
            next.Add(frame);
        else
            output(frame);
        if (++position == frames)
            held = next;
    }

    private static RgbFrame Fade(RgbFrame from, RgbFrame to, float share)
    {
        var (a, b) = (from.Pixels, to.Pixels);
        var pixels = new float[a.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = a.Span[i] + (share * (b.Span[i] - a.Span[i]));
        return new RgbFrame(from.Width, from.Height, pixels);
    }
}
