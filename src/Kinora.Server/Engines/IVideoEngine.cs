using Kinora.Media.Ffmpeg;

namespace Kinora.Server.Engines;

/// <summary>Turns a brief into frames and sound. One implementation per way of making pictures; all pass <c>VideoEngineConformance</c>.</summary>
public interface IVideoEngine
{
    /// <summary>The name used in options, logs and metrics, for example <c>motion</c>.</summary>
    string Name { get; }

    /// <summary>Whether it sets a soundtrack when one is asked for. If not, clips are silent, and their logs say so.</summary>
    bool HasSound => true;

    /// <summary>
    /// Generates the clip: sets the soundtrack first (if <see cref="VideoBrief.GenerateAudio"/>), then writes exactly <see cref="VideoBrief.FrameCount"/> frames, in order.
    /// Reports progress and log lines on the way, and stops within a frame or a block of a model after <paramref name="cancellationToken"/> fires.
    /// </summary>
    /// <exception cref="EngineException">It can't make this clip; the message says what to do.</exception>
    Task GenerateAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken);
}
