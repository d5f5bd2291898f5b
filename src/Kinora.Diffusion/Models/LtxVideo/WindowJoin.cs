namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Joins the windows of a shot: holds the last frames of each back and fades from them to the next one's first.</summary>
internal sealed class WindowJoin(Action<RgbFrame> output)
{
    private List<RgbFrame> _held = [];
    private List<RgbFrame> _next = [];
    private int _frames;
    private int _position;
    private bool _isLast;

    /// <summary>The last frames of the window before, which the next one begins with; empty for the first.</summary>
    public IReadOnlyList<RgbFrame> Tail => _held;

    /// <summary>Begins a window.</summary>
    public void Begin(int windowFrames, bool isLastWindow) => (_frames, _position, _isLast, _next) = (windowFrames, 0, isLastWindow, []);

    /// <summary>Takes the window's next frame.</summary>
    public void Push(RgbFrame frame)
    {
        if (_position < _held.Count)
            output(Fade(_held[_position], frame, (_position + 1f) / (_held.Count + 1)));
        else if (!_isLast && _position >= _frames - WindowPlan.Overlap)
            _next.Add(frame);
        else
            output(frame);
        if (++_position == _frames)
            _held = _next;
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
