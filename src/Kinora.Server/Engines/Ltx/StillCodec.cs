using Kinora.Diffusion;
using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Media.Ffmpeg;

namespace Kinora.Server.Engines.Ltx;

/// <summary>Makes a still look like a frame of film: H.264 at a constant rate factor of 29, as in the model's training, and back.</summary>
internal sealed class StillCodec(FfmpegInstallation ffmpeg)
{
    private const int Crf = 29;

    /// <summary>Encodes and decodes one picture with even sides, in two child processes.</summary>
    /// <exception cref="MediaException">A child failed.</exception>
    public async Task<RgbFrame> RoundTripAsync(RgbFrame picture, CancellationToken cancellationToken)
    {
        var size = new FrameSize(picture.Width, picture.Height);
        var rate = new FrameRate(24);
        using var scratch = ScratchDirectory.Create();
        var path = scratch.PathOf("still.mp4");
        await using (var encoder = VideoEncoder.Open(ffmpeg, new VideoEncoderOptions { Size = size, Rate = rate, FrameCount = 1, OutputPath = path, Crf = Crf }))
        {
            await encoder.WriteFrameAsync(Yuv420.FromImage(new Image(picture.Width, picture.Height, 3, LtxGeometry.Bytes(picture.Pixels.Span))), cancellationToken);
            await encoder.CompleteAsync(cancellationToken);
        }

        var frame = new VideoFrame(size);
        await using var reader = VideoFrameReader.Open(ffmpeg, path, size, rate);
        if (!await reader.ReadAsync(frame, cancellationToken))
            throw new DamagedMediaException("The encoder's own still has no frame.");
        return new RgbFrame(picture.Width, picture.Height, LtxGeometry.Floats(Yuv420.ToImage(frame)));
    }
}
