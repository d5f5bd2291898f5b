using Kinora.Media.Color;
using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

public sealed class JpegEncoderTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(64, 48, 75, 34)]
    [InlineData(320, 180, 75, 34)]
    [InlineData(33, 17, 90, 36)]
    [InlineData(16, 16, 100, 40)]
    public async Task A_picture_comes_back_from_another_decoder(int width, int height, int quality, double psnr)
    {
        var picture = Hills(width, height);
        var path = _scratch.PathOf("a.jpg");
        await File.WriteAllBytesAsync(path, JpegEncoder.Encode(picture, quality));

        var decoded = await DecodeAsync(path);

        Assert.Equal((width, height), (decoded.Width, decoded.Height));
        Assert.True(TestFrames.Psnr(picture.Pixels, Rgb(decoded)) >= psnr, $"{TestFrames.Psnr(picture.Pixels, Rgb(decoded)):0.0} dB");
    }

    [Fact]
    public async Task Noise_uses_every_kind_of_code_and_is_still_a_valid_file()
    {
        var noise = new Image(160, 96, 3, new byte[160 * 96 * 3]);
        new Random(5).NextBytes(noise.Pixels);
        foreach (var quality in (int[])[1, 20, 75, 100])
        {
            var path = _scratch.PathOf($"{quality}.jpg");
            await File.WriteAllBytesAsync(path, JpegEncoder.Encode(noise, quality));
            Assert.Equal(160, (await DecodeAsync(path)).Width);
        }
    }

    [Fact]
    public void A_preview_is_small() => Assert.InRange(JpegEncoder.Encode(Hills(320, 180)).Length, 1000, 20_000);

    [Fact]
    public void Alpha_and_impossible_qualities_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JpegEncoder.Encode(new Image(8, 8, 4, new byte[256])));
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegEncoder.Encode(Hills(8, 8), 101));
    }

    private async Task<Image> DecodeAsync(string path) =>
        await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeInsideAsync(path, 1 << 20, CancellationToken.None);

    private static byte[] Rgb(Image rgba) => [.. rgba.Pixels.Where((_, i) => i % 4 != 3)];

    private static Image Hills(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            pixels[3 * i] = (byte)(128 + 100 * Math.Sin(x / 31.0));
            pixels[3 * i + 1] = (byte)(128 + 100 * Math.Sin(y / 23.0));
            pixels[3 * i + 2] = (byte)(128 + 60 * Math.Sin((x + y) / 47.0));
        }
        return new Image(width, height, 3, pixels);
    }
}
