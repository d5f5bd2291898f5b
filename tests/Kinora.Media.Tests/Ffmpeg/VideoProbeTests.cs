using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Tests.Ffmpeg;

public sealed class VideoProbeTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_encoded_clip_is_described_and_its_frames_come_back()
    {
        var size = new FrameSize(128, 96);
        var path = _scratch.PathOf("a.mp4");
        var options = new VideoEncoderOptions { Size = size, Rate = new FrameRate(24), FrameCount = 20, OutputPath = path };
        var ffmpeg = await MediaTools.InstallationAsync();
        await using (var encoder = VideoEncoder.Open(ffmpeg, options))
        {
            for (var i = 0; i < 20; i++)
                await encoder.WriteFrameAsync(TestFrames.Create(size, i), default);
            await encoder.CompleteAsync(default);
        }

        var info = await ProbeAsync(path);
        Assert.Equal(("mov", "h264", "High", 128, 96, 20), (info.Container, info.Codec, info.Profile, info.Width, info.Height, info.FrameCount));
        Assert.Equal((new FrameRate(24), new ColorTags("tv", "bt709", "bt709", "bt709"), null), (info.Rate, info.Color, info.Audio));
        Assert.Equal(20.0 / 24, info.Duration.TotalSeconds, 0.001);

        await using var reader = VideoFrameReader.Open(ffmpeg, path, size, new FrameRate(24));
        var frame = new VideoFrame(size);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await reader.ReadAsync(frame, default));
            Assert.InRange(TestFrames.Psnr(TestFrames.Create(size, i).Data, frame.Data), 32, double.PositiveInfinity);
        }

        Assert.False(await reader.ReadAsync(frame, default));
        Assert.False(await reader.ReadAsync(frame, default));
    }

    [Fact]
    public async Task A_turned_webm_with_sound_is_described_upright()
    {
        var path = _scratch.PathOf("a.mp4");
        var turned = _scratch.PathOf("b.mp4");
        await MediaTools.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x96:r=30:d=1", "-f", "lavfi", "-i", "sine=d=1", "-c:v", "libx264", "-ac", "1", path);
        await MediaTools.FfmpegAsync("-v", "error", "-i", path, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);
        var info = await ProbeAsync(turned);
        Assert.Equal((96, 160, 30), (info.Width, info.Height, info.FrameCount));
        Assert.Contains(info.RotationDegrees, (int[])[90, 270]);
        Assert.Equal(("aac", 44_100, 1), (info.Audio!.Codec, info.Audio.SampleRateHz, info.Audio.Channels));
    }

    [Fact]
    public async Task A_playlist_named_mp4_is_refused_without_reading_what_it_names()
    {
        var path = _scratch.PathOf("a.mp4");
        await File.WriteAllTextAsync(path, "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
        var failure = await Assert.ThrowsAsync<UnsupportedMediaException>(() => ProbeAsync(path));
        Assert.Contains("expected mp4", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_off_video_is_damaged()
    {
        var path = _scratch.PathOf("a.mp4");
        await MediaTools.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x96:r=30:d=1", "-c:v", "libx264", path);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        await Assert.ThrowsAsync<DamagedMediaException>(() => ProbeAsync(path));
        await using var reader = VideoFrameReader.Open(await MediaTools.InstallationAsync(), path, new FrameSize(160, 96), new FrameRate(30));
        await Assert.ThrowsAsync<DamagedMediaException>(() => reader.ReadAsync(new VideoFrame(new FrameSize(160, 96)), default));
    }

    private static async Task<VideoInfo> ProbeAsync(string path) => await new VideoProbe(await MediaTools.InstallationAsync()).ProbeAsync(path, default);
}
