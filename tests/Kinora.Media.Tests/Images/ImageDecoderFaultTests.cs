using System.Diagnostics;
using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

/// <summary>Hostile and broken pictures: each gets its reason, quickly, and what is over a limit never reaches a decoder.</summary>
public sealed class ImageDecoderFaultTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<string, byte[]> Bombs() => new()
    {
        { "a PNG of 1 x 8,000,000 pixels", new HandMadePng(1, 8_000_000).With("IDAT", 0).End() },
        { "a PNG of 2^31 - 1 pixels squared", new HandMadePng(int.MaxValue, int.MaxValue).With("IDAT", 0).End() },
        { "a JPEG header of 60,000 x 60,000 pixels", HandMadeJpeg.Header(60_000, 60_000) },
        { "a WebP canvas of 2^24 x 2^24 pixels", new HandMadeWebp().Extended(0, 1 << 24, 1 << 24).End() },
        { "a PNG of 101 million pixels within the sides", new HandMadePng(10_100, 10_000).With("IDAT", 0).End() },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_is_refused_by_its_header_alone(string name, byte[] file)
    {
        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<MediaTooLargeException>(() => DecodeAsync(file));
        Assert.Null(failure.InnerException);
        Assert.Contains("at most", failure.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{name} took {watch.Elapsed}.");
    }

    [Fact]
    public async Task An_animation_of_a_hundred_thousand_frames_is_refused_by_its_header_alone()
    {
        var file = new HandMadeWebp().Extended(0x02, 1000, 1000).With("ANIM", new byte[6]);
        for (var i = 0; i < 100_000; i++)
            file.With("ANMF", new byte[24]);
        var failure = await Assert.ThrowsAsync<UnsupportedMediaException>(() => DecodeAsync(file.End()));
        Assert.Equal("webp", failure.Format);
        Assert.Contains("animated", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg", 3)]
    [InlineData("jpg", 50)]
    [InlineData("jpg", 98)]
    [InlineData("png", 50)]
    [InlineData("png", 99)]
    [InlineData("webp", 50)]
    [InlineData("webp", 98)]
    public async Task A_file_that_is_cut_off_is_damaged(string format, int percent)
    {
        var file = await MakeAsync(format);
        var failure = await Assert.ThrowsAsync<DamagedMediaException>(() => DecodeAsync(file[..(file.Length * percent / 100)]));
        Assert.StartsWith($"The {format} file is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jpeg_with_half_its_pixels_and_a_proper_end_is_damaged()
    {
        var file = await MakeAsync("jpg");
        await Assert.ThrowsAsync<DamagedMediaException>(() => DecodeAsync([.. file[..(file.Length / 2)], 0xFF, 0xD9]));
    }

    [Fact]
    public async Task A_cut_off_progressive_jpeg_is_not_saved_by_the_end_of_its_thumbnail()
    {
        var thumbnail = HandMadeJpeg.Segment(0xE1, [.. "Exif\0\0"u8, .. HandMadeJpeg.Solid([1, 2, 3])]);
        var file = HandMadeJpeg.Solid([100, 120, 140], thumbnail);
        await DecodeAsync(file);
        await Assert.ThrowsAsync<DamagedMediaException>(() => DecodeAsync(file[..^2]));
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task Flipped_bits_give_a_picture_or_a_reason_but_never_a_crash_or_a_hang(string format)
    {
        var file = await MakeAsync(format);
        var random = new Random(1);
        for (var i = 0; i < 8; i++)
        {
            var flipped = file.ToArray();
            flipped[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Assert.Equal(64, (await DecodeAsync(flipped)).Width);
            }
            catch (MediaException e)
            {
                Assert.True(e is DamagedMediaException or UnsupportedMediaException or MediaTooLargeException, $"{e}");
            }
        }
    }

    [Fact]
    public async Task A_flipped_bit_in_a_pngs_pixels_is_always_noticed()
    {
        var file = await MakeAsync("png");
        file[file.Length / 2] ^= 4;
        Assert.Contains("CRC", (await Assert.ThrowsAsync<DamagedMediaException>(() => DecodeAsync(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_another_size_than_its_header_says_is_damaged()
    {
        // The extended header's canvas is honest about neither the first nor any frame: the lossless pixels are 40 x 30.
        var jpeg = HandMadeJpeg.Solid([100, 120, 140]);
        var second = HandMadeJpeg.Header(64, 64)[2..^2];
        var at = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        byte[] twoSizes = [.. jpeg[..at], .. second, .. jpeg[at..]];
        var failure = await Assert.ThrowsAnyAsync<MediaException>(() => DecodeAsync(twoSizes));
        Assert.IsType<DamagedMediaException>(failure);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "svg")]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "unknown")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n", "unknown")]
    public async Task Text_that_makes_other_programs_read_files_is_refused_by_content(string text, string format)
    {
        var failure = await Assert.ThrowsAsync<UnsupportedMediaException>(() => DecodeAsync(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(format, failure.Format);
    }

    [Fact]
    public async Task A_file_with_too_many_bytes_is_refused()
    {
        var path = await WriteAsync(await MakeAsync("jpg"));
        var decoder = new ImageDecoder(await MediaTools.InstallationAsync(), new ImageLimits { MaxFileBytes = 100 });
        await Assert.ThrowsAsync<MediaTooLargeException>(() => decoder.DecodeAsync(path, new FrameSize(64, 64), default));
    }

    [Fact]
    public async Task A_name_that_looks_like_an_option_a_protocol_or_a_pattern_is_only_a_name()
    {
        foreach (var name in (string[])["-y.jpg", "concat:a|b", "a%03d.jpg", "pipe:0"])
        {
            var path = Path.Combine(_scratch.FullPath, name);
            await File.WriteAllBytesAsync(path, await MakeAsync("jpg"));
            var image = await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeAsync(path, new FrameSize(64, 64), default);
            Assert.Equal(64, image.Width);
        }
    }

    [Fact]
    public async Task Cancelling_stops_the_decoder()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var path = await WriteAsync(await MakeAsync("jpg"));
        var decoder = new ImageDecoder(await MediaTools.InstallationAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decoder.DecodeAsync(path, new FrameSize(64, 64), stop.Token));
    }

    private async Task<byte[]> MakeAsync(string format)
    {
        var path = _scratch.PathOf("made." + format);
        await MediaTools.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "1", path);
        return await File.ReadAllBytesAsync(path);
    }

    private async Task<string> WriteAsync(byte[] file)
    {
        var path = _scratch.PathOf("input");
        await File.WriteAllBytesAsync(path, file);
        return path;
    }

    private async Task<Image> DecodeAsync(byte[] file) =>
        await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeAsync(await WriteAsync(file), new FrameSize(64, 64), default);
}
