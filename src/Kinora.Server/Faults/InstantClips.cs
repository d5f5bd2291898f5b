using System.Collections.Concurrent;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Endpoints;
using Kinora.Server.Engines;

namespace Kinora.Server.Faults;

/// <summary>
/// Tiny grey clips of the length that was asked for, valid MP4s for tests that need nothing more: the first of a length takes about a tenth of a second,
/// later ones are copied from memory.
/// </summary>
internal sealed class InstantClips(FfmpegInstallation ffmpeg, FaultOptions options)
{
    private const byte Grey = 128;

    private static readonly FrameSize s_size = new(64, 36);
    private static readonly FrameRate s_rate = new(24);

    private readonly ConcurrentDictionary<(TimeSpan Duration, bool Audio), Lazy<Task<(byte[] File, TimeSpan Duration)>>> _made = [];

    /// <summary>Whether this job gets such a clip.</summary>
    public bool AreFor(Job job) => options.AllInstant || (options.Enabled && job.Faults is { } plan && FaultPlanParser.Parse(plan).Instant);

    /// <summary>Writes a clip of the request's length, with a silent soundtrack if sound was asked for. The pictures are not looked at.</summary>
    public async Task<GenerationOutcome> MakeAsync(ClipRequest request, string outputPath, CancellationToken cancellationToken)
    {
        var duration = request.Shots.Aggregate(TimeSpan.Zero, (sum, shot) => sum + shot.Duration);
        var key = (duration, request.GenerateAudio);
        var making = _made.GetOrAdd(key, wanted => new(() => EncodeAsync(wanted.Duration, wanted.Audio)));
        try
        {
            var clip = await making.Value.WaitAsync(cancellationToken);
            await File.WriteAllBytesAsync(outputPath, clip.File, cancellationToken);
            return new GenerationOutcome.Made(outputPath, clip.File.Length, clip.Duration, request.Seed ?? 0);
        }
        catch (MediaException)
        {
            // The next request tries again.
            _made.TryRemove(KeyValuePair.Create(key, making));
            throw;
        }
    }

    private async Task<(byte[] File, TimeSpan Duration)> EncodeAsync(TimeSpan duration, bool audio)
    {
        using var scratch = ScratchDirectory.Create();
        var options = new VideoEncoderOptions
        {
            Size = s_size,
            Rate = s_rate,
            FrameCount = s_rate.CountFrames(duration),
            OutputPath = scratch.PathOf("clip.mp4"),
            HasSoundtrack = audio,
        };
        await using var encoder = VideoEncoder.Open(ffmpeg, options);
        if (audio)
        {
            // What is shorter than the video is followed by silence.
            await encoder.SetSoundtrackAsync(new Soundtrack(new float[1], new float[1]), CancellationToken.None);
        }

        var frame = new VideoFrame(s_size);
        Array.Fill(frame.Data, Grey);
        for (var index = 0; index < options.FrameCount; index++) await encoder.WriteFrameAsync(frame, CancellationToken.None);
        var video = await encoder.CompleteAsync(CancellationToken.None);
        return (await File.ReadAllBytesAsync(video.Path), video.Duration);
    }
}
