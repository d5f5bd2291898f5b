using System.Text.Json;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Tests.Ffmpeg;

public sealed class VideoEncoderTests : IDisposable
{
    private static readonly FrameSize s_size = new(320, 180);

    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(72, 24, 1, true)]
    [InlineData(72, 24, 1, false)]
    [InlineData(1, 24, 1, true)]
    [InlineData(91, 30000, 1001, true)]
    public async Task The_file_is_what_browsers_play_and_lasts_exactly_as_announced(int frames, int numerator, int denominator, bool sound)
    {
        var rate = new FrameRate(numerator, denominator);
        var video = await EncodeAsync("a.mp4", frames, rate, sound);

        using var probe = JsonDocument.Parse(await MediaTools.FfprobeAsync("-count_frames", "-show_streams", "-show_format", "-of", "json", video.Path));
        var streams = probe.RootElement.GetProperty("streams").EnumerateArray().ToList();
        var picture = streams.Single(s => s.GetProperty("codec_type").GetString() == "video");
        Assert.Equal("h264 High yuv420p 320x180", $"{Text(picture, "codec_name")} {Text(picture, "profile")} {Text(picture, "pix_fmt")} {picture.GetProperty("width")}x{picture.GetProperty("height")}");
        Assert.Equal("tv bt709 bt709 bt709", $"{Text(picture, "color_range")} {Text(picture, "color_space")} {Text(picture, "color_transfer")} {Text(picture, "color_primaries")}");
        Assert.Equal($"{frames}", Text(picture, "nb_read_frames"));
        Assert.Equal(rate.ToString(), Text(picture, "r_frame_rate"));
        var expected = (double)frames * denominator / numerator;
        Assert.Equal(expected, Seconds(picture), 0.001);
        Assert.Equal(expected, Seconds(probe.RootElement.GetProperty("format")), 0.001);
        Assert.Equal(sound ? 2 : 1, streams.Count);
        if (sound)
        {
            var audio = streams.Single(s => s.GetProperty("codec_type").GetString() == "audio");
            Assert.Equal("aac LC 48000 2", $"{Text(audio, "codec_name")} {Text(audio, "profile")} {Text(audio, "sample_rate")} {audio.GetProperty("channels")}");
            Assert.Equal(expected, Seconds(audio), 0.001);
        }

        Assert.True(IndexOf(video.Path, "moov") < IndexOf(video.Path, "mdat"), "The index must come before the samples.");
        Assert.Equal(new FileInfo(video.Path).Length, video.Bytes);
    }

    [Fact]
    public async Task Two_runs_give_the_same_bytes()
    {
        var first = await EncodeAsync("a.mp4", 30, new FrameRate(24), true);
        var second = await EncodeAsync("b.mp4", 30, new FrameRate(24), true);
        Assert.Equal(await File.ReadAllBytesAsync(first.Path), await File.ReadAllBytesAsync(second.Path));
    }

    // Noise is the hardest picture there is. A camera that moves over it lets the encoder predict most of a frame; with new noise in every frame (a television
    // without a station) nothing can be predicted, the rate control gives in, and the first frame keeps 30 dB.
    [Theory]
    [InlineData(true, 34)]
    [InlineData(false, 30)]
    public async Task First_and_last_frame_are_close_to_what_went_in_even_where_they_are_noise(bool isOnePicture, double least)
    {
        VideoFrame[] frames = [.. Enumerable.Range(0, 24).Select(i => isOnePicture ? Noise(5, i) : Noise(i, 0))];
        var options = new VideoEncoderOptions { Size = s_size, Rate = new FrameRate(24), FrameCount = frames.Length, OutputPath = _scratch.PathOf("noise.mp4") };
        await using var encoder = VideoEncoder.Open(await MediaTools.InstallationAsync(), options);
        foreach (var frame in frames)
            await encoder.WriteFrameAsync(frame, default);
        var video = await encoder.CompleteAsync(default);

        var shown = await ReadAsync(video.Path, frames.Length);
        Assert.InRange(TestFrames.Psnr(frames[0].Data, shown[0].Data), least, 60);
        Assert.InRange(TestFrames.Psnr(frames[^1].Data, shown[^1].Data), 34, 60);
    }

    // The camera moves on by two pixels, one of chroma.
    private static VideoFrame Noise(int seed, int moved)
    {
        var chance = new Random(seed);
        var frame = new VideoFrame(s_size);
        byte[] luma = [.. Enumerable.Range(0, frame.Y.Length).Select(_ => (byte)chance.Next(16, 236))], chroma = [.. Enumerable.Range(0, frame.U.Length).Select(_ => (byte)chance.Next(16, 241))];
        for (var i = 0; i < luma.Length; i++)
            frame.Y[i] = luma[(i + (2 * moved)) % luma.Length];
        for (var i = 0; i < chroma.Length; i++)
            frame.U[i] = frame.V[i] = chroma[(i + moved) % chroma.Length];
        return frame;
    }

    private static async Task<List<VideoFrame>> ReadAsync(string path, int count)
    {
        await using var reader = VideoFrameReader.Open(await MediaTools.InstallationAsync(), path, s_size, new FrameRate(24));
        var frames = new List<VideoFrame>();
        for (var frame = new VideoFrame(s_size); frames.Count < count && await reader.ReadAsync(frame, default); frame = new VideoFrame(s_size))
            frames.Add(frame);
        return frames;
    }

    private async Task<EncodedVideo> EncodeAsync(string name, int frames, FrameRate rate, bool sound)
    {
        var options = new VideoEncoderOptions { Size = s_size, Rate = rate, FrameCount = frames, OutputPath = _scratch.PathOf(name), HasSoundtrack = sound };
        await using var encoder = VideoEncoder.Open(await MediaTools.InstallationAsync(), options);
        if (sound)
            await encoder.SetSoundtrackAsync(Tone(rate.CountSamples(frames, Soundtrack.SampleRateHz)), default);
        for (var i = 0; i < frames; i++)
            await encoder.WriteFrameAsync(TestFrames.Create(s_size, i), default);
        return await encoder.CompleteAsync(default);
    }

    private static Soundtrack Tone(int samples)
    {
        var wave = Enumerable.Range(0, samples).Select(i => 0.25f * MathF.Sin(i * 2 * MathF.PI * 440 / Soundtrack.SampleRateHz)).ToArray();
        return new Soundtrack(wave, wave);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : $"no {name}";

    private static double Seconds(JsonElement element) => double.Parse(Text(element, "duration"), System.Globalization.CultureInfo.InvariantCulture);

    private static int IndexOf(string path, string box) => File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box));
}
