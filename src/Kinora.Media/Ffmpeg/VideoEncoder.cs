using Kinora.Media.Audio;

namespace Kinora.Media.Ffmpeg;

/// <summary>Streams frames into an ffmpeg child process that writes one MP4.</summary>
public sealed class VideoEncoder
{
    /// <summary>Sets the sound that goes with the frames. Call it before the first frame, or not at all.</summary>
    public Task SetSoundtrackAsync(Soundtrack soundtrack, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Encodes the next frame; the frame may be reused when the task ends.</summary>
    public Task WriteFrameAsync(VideoFrame frame, CancellationToken cancellationToken) => Task.CompletedTask;
}
