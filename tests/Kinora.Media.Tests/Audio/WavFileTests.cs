using Kinora.Media.Audio;

namespace Kinora.Media.Tests.Audio;

public sealed class WavFileTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Floats_come_back_exactly_and_sixteen_bits_within_half_a_step()
    {
        var sound = new Soundtrack([0, 0.5f, -1, 0.1f], [1, -0.25f, 0, 1.5f]);
        var path = _scratch.PathOf("a.wav");
        await WavFile.WriteFloatAsync(path, sound);
        var back = await WavFile.ReadAsync(path);
        Assert.Equal(Soundtrack.SampleRateHz, back.SampleRateHz);
        Assert.Equal(sound.Left, back.Channels[0]);
        Assert.Equal(sound.Right, back.Channels[1]);
        await WavFile.WritePcm16Async(path, sound);
        var rough = await WavFile.ReadAsync(path);
        for (var i = 0; i < 4; i++)
            Assert.Equal(Math.Clamp(sound.Right[i], -1, 1), rough.Channels[1][i], 1e-4f);
    }

    [Fact]
    public async Task A_wanted_length_cuts_or_adds_silence()
    {
        var path = _scratch.PathOf("a.wav");
        await WavFile.WriteFloatAsync(path, new Soundtrack([1, 1], [1, 1]), samples: 4);
        Assert.Equal((float[])[1, 1, 0, 0], (await WavFile.ReadAsync(path)).Channels[0]);
        await WavFile.WriteFloatAsync(path, new Soundtrack([1, 1], [1, 1]), samples: 1);
        Assert.Equal((float[])[1], (await WavFile.ReadAsync(path)).Channels[0]);
    }

    [Fact]
    public async Task What_ffmpeg_writes_to_a_pipe_is_read_though_its_size_is_unknown()
    {
        var path = _scratch.PathOf("a.wav");
        await MediaTools.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "sine=d=0.5:r=16000", path);
        var file = await File.ReadAllBytesAsync(path);
        var data = file.AsSpan().IndexOf("data"u8);
        file.AsSpan(data + 4, 4).Fill(0xFF);
        await File.WriteAllBytesAsync(path, file);
        var sound = await WavFile.ReadAsync(path);
        Assert.Equal((16_000, 1, 8000), (sound.SampleRateHz, sound.Channels.Count, sound.Channels[0].Length));
    }

    [Fact]
    public async Task Broken_files_give_a_reason_at_every_cut()
    {
        var path = _scratch.PathOf("a.wav");
        await WavFile.WriteFloatAsync(path, new Soundtrack([1], [1]));
        var file = await File.ReadAllBytesAsync(path);
        for (var length = 0; length < 44; length++)
        {
            await File.WriteAllBytesAsync(path, file[..length]);
            await Assert.ThrowsAnyAsync<MediaException>(() => WavFile.ReadAsync(path));
        }
    }
}
