using Kinora.Media.Ffmpeg;

namespace Kinora.Server.Engines;

/// <summary>Turns a brief into frames and sound. One implementation per way of making pictures; all pass <c>VideoEngineConformance</c>.</summary>
public interface IVideoEngine
{
    /// <summary>The name used in options, logs and metrics, for example <c>motion</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Generates the clip: sets the soundtrack first (if <see cref="VideoBrief.GenerateAudio"/>), then writes exactly <see cref="VideoBrief.FrameCount"/> frames, in order.
    /// Reports progress and log lines on the way, and stops within a frame or a model step after <paramref name="cancellationToken"/> fires.
    /// </summary>
    Task GenerateAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken);
}
