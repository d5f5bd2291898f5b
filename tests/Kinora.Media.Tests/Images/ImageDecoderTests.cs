using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

public sealed class ImageDecoderTests : IDisposable
{
    private readonly ScratchDirectory scratch = ScratchDirectory.Create();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    [InlineData("a.webp")]
    public async Task A_picture_fills_the_frame_and_is_cut_to_its_middle(string name)
    {
        // Red, green and blue thirds: a square frame shows only the middle one.
        var path = await MakeAsync(name, "color=red:s=300x300[a];color=lime:s=300x300[b];color=blue:s=300x300[c];[a][b][c]hstack=3");
        var image = await DecodeAsync(path, new FrameSize(200, 200));
        Assert.Equal((200, 200, 3), (image.Width, image.Height, image.Channels));
        AssertNear((0, 255, 0), image, 100, 100);
        AssertNear((0, 255, 0), image, 10, 10);
        AssertNear((0, 255, 0), image, 189, 189);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 0)]
    public async Task Small_pictures_are_made_larger(int width, int height)
    {
        var path = await MakeAsync("a.png", $"color=0x204060:s={width}x{height + 7}");
        var image = await DecodeAsync(path, new FrameSize(64, 48));
        AssertNear((0x20, 0x40, 0x60), image, 0, 0, 1);
        AssertNear((0x20, 0x40, 0x60), image, 63, 47, 1);
    }

    [Fact]
    public async Task An_unscaled_png_comes_out_byte_for_byte()
    {
        var path = await MakeAsync("a.png", "testsrc2=s=128x96,format=rgb24");
        var raw = scratch.PathOf("a.raw");
        await MediaTools.FfmpegAsync("-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
        var image = await DecodeAsync(path, new FrameSize(128, 96));
        Assert.Equal(await File.ReadAllBytesAsync(raw), image.Pixels);
    }

    private async Task<string> MakeAsync(string name, string graph, params string[] options)
    {
        var path = scratch.PathOf(name);
        await MediaTools.FfmpegAsync(["-v", "error", "-f", "lavfi", "-i", graph, "-frames:v", "1", .. options, path]);
        return path;
    }

    private static async Task<Image> DecodeAsync(string path, FrameSize size) =>
        await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeAsync(path, size, default);

    private static void AssertNear((int R, int G, int B) expected, Image image, int x, int y, int tolerance = 6)
    {
        var i = ((y * image.Width) + x) * image.Channels;
        Assert.InRange(image.Pixels[i], expected.R - tolerance, expected.R + tolerance);
        Assert.InRange(image.Pixels[i + 1], expected.G - tolerance, expected.G + tolerance);
        Assert.InRange(image.Pixels[i + 2], expected.B - tolerance, expected.B + tolerance);
    }
}
