using Kinora.Media;
using Kinora.Media.Color;

namespace Kinora.Rendering.Transition;

/// <summary>
/// A picture exactly as an encoder gets it, without resampling. The clip's first (and last) frame is this one; over the next few, while the camera has hardly
/// moved, it fades into the rendered ones, which differ from it by less than a grey level.
/// </summary>
internal sealed class ExactFrame
{
    private const int FadeFrames = 6;
    private readonly VideoFrame _frame;

    public ExactFrame(Image image, FrameSize size)
    {
        _frame = new VideoFrame(size);
        Yuv420.FromImage(image, _frame);
    }

    /// <param name="rendered">The rendered frame, changed in place.</param>
    /// <param name="distance">Frames between it and this picture, 0 for the very same.</param>
    /// <param name="threads">Threads to use.</param>
    public void FadeFrom(VideoFrame rendered, int distance, int threads)
    {
        if (distance == 0)
            _frame.Data.CopyTo(rendered.Data, 0);
        else if (distance < FadeFrames)
            FrameMix.Into(rendered, _frame, FrameMix.Full * (FadeFrames - distance) / FadeFrames, threads);
    }
}
