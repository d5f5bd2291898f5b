using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

public sealed class ImageDecoderTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

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
        var raw = _scratch.PathOf("a.raw");
        await MediaTools.FfmpegAsync("-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
        var image = await DecodeAsync(path, new FrameSize(128, 96));
        Assert.Equal(await File.ReadAllBytesAsync(raw), image.Pixels);
    }

    [Theory]
    [InlineData(1, "RGBY")]
    [InlineData(2, "GRYB")]
    [InlineData(3, "YBGR")]
    [InlineData(4, "BYRG")]
    [InlineData(5, "RBGY")]
    [InlineData(6, "BRYG")]
    [InlineData(7, "YGBR")]
    [InlineData(8, "GYRB")]
    public async Task Every_orientation_comes_out_upright(byte orientation, string corners)
    {
        // Stored: red and green above blue and yellow. The letters are what is seen, row by row (CIPA DC-008, tag 0x0112).
        var path = await MakeAsync("a.png", "color=red:s=40x30[a];color=lime:s=40x30[b];color=blue:s=40x30[c];color=yellow:s=40x30[d];[a][b][c][d]xstack=4:layout=0_0|w0_0|0_h0|w0_h0,format=rgb24");
        var plain = await File.ReadAllBytesAsync(path);
        var header = new HandMadePng(80, 60).With("eXIf", HandMadeJpeg.Tiff(orientation)).Unfinished();
        await File.WriteAllBytesAsync(path, [.. header, .. plain[33..]]);
        var size = orientation < 5 ? new FrameSize(80, 60) : new FrameSize(60, 80);
        var image = await DecodeAsync(path, size);
        var seen = new string([Letter(image, 5, 5), Letter(image, size.Width - 6, 5), Letter(image, 5, size.Height - 6), Letter(image, size.Width - 6, size.Height - 6)]);
        Assert.Equal(corners, seen);
        var whole = await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeInsideAsync(path, 10_000, default);
        Assert.Equal((size.Width, size.Height, 4), (whole.Width, whole.Height, whole.Channels));
        Assert.Equal(corners[0], Letter(whole, 5, 5));
    }

    [Theory]
    [InlineData(0, 128)]
    [InlineData(0, 0)]
    [InlineData(0, 255)]
    public async Task Inverted_cmyk_jpegs_come_out_in_their_colours(byte transform, byte black)
    {
        // Adobe stores CMYK inverted: 255 is no ink. Full cyan, half magenta, no yellow.
        var path = _scratch.PathOf("a.jpg");
        await File.WriteAllBytesAsync(path, HandMadeJpeg.Solid([0, 128, 255, black], HandMadeJpeg.Adobe(transform)));
        var image = await DecodeAsync(path, new FrameSize(8, 8));
        AssertNear((0, 128 * black / 255, black), image, 4, 4, 3);
    }

    [Fact]
    public async Task Ycck_and_gray_jpegs_come_out_in_their_colours()
    {
        var path = _scratch.PathOf("a.jpg");
        await File.WriteAllBytesAsync(path, HandMadeJpeg.Solid([100, 128, 128, 255], HandMadeJpeg.Adobe(2)));
        AssertNear((155, 155, 155), await DecodeAsync(path, new FrameSize(8, 8)), 4, 4, 3);
        await File.WriteAllBytesAsync(path, HandMadeJpeg.Solid([100]));
        AssertNear((100, 100, 100), await DecodeAsync(path, new FrameSize(8, 8)), 4, 4, 1);
        await File.WriteAllBytesAsync(path, HandMadeJpeg.Solid([76, 85, 255]));
        AssertNear((254, 0, 0), await DecodeAsync(path, new FrameSize(8, 8)), 4, 4, 3);
    }

    [Fact]
    public async Task Sixteen_bits_palettes_and_grays_become_eight_bits_of_colour()
    {
        var row16 = Enumerable.Repeat(new byte[] { 0x80, 0x80, 0x20, 0x20, 0xFF, 0xFF }, 4).SelectMany(p => p).ToArray();
        AssertNear((0x80, 0x20, 0xFF), await DecodeAsync(Write(new HandMadePng(4, 2, 16).WithRows(row16, row16).End()), new FrameSize(4, 2)), 2, 1, 1);
        var palette = new HandMadePng(4, 2, 8, 3).With("PLTE", 1, 2, 3, 200, 100, 50).WithRows([0, 0, 1, 1], [0, 0, 1, 1]).End();
        var image = await DecodeAsync(Write(palette), new FrameSize(4, 2));
        AssertNear((1, 2, 3), image, 0, 0, 1);
        AssertNear((200, 100, 50), image, 3, 1, 1);
        AssertNear((77, 77, 77), await DecodeAsync(Write(new HandMadePng(2, 2, 8, 0).WithRows([77, 77], [77, 77]).End()), new FrameSize(2, 2)), 1, 1, 1);
        AssertNear((255, 255, 255), await DecodeAsync(Write(new HandMadePng(8, 2, 1, 0).WithRows([0xFF], [0xFF]).End()), new FrameSize(8, 2)), 1, 1, 1);
    }

    [Fact]
    public async Task Transparent_parts_are_laid_on_white_and_kept_for_elements()
    {
        // Red at alpha 0, 128 and 255. The colour under the transparent pixel must not show.
        byte[] row = [255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 128, 255, 0, 0, 128, 255, 0, 0, 255, 255, 0, 0, 255];
        foreach (var bits in (byte[])[8, 16])
        {
            var samples = bits == 8 ? row : row.SelectMany(b => new[] { b, b }).ToArray();
            var path = Write(new HandMadePng(6, 2, bits, 6).WithRows(samples, samples).End());
            var flat = await DecodeAsync(path, new FrameSize(6, 2));
            AssertNear((255, 255, 255), flat, 0, 0, 1);
            AssertNear((255, 127, 127), flat, 2, 0, 2);
            AssertNear((255, 0, 0), flat, 5, 0, 1);
            var element = await new ImageDecoder(await MediaTools.InstallationAsync()).DecodeInsideAsync(path, 1000, default);
            Assert.Equal((0, 255), (element.Pixels[3], element.Pixels[23]));
            Assert.InRange(element.Pixels[11], 128, 129);
            AssertNear((255, 0, 0), element, 2, 0, 2);
        }
    }

    [Fact]
    public async Task Inside_makes_smaller_but_never_larger()
    {
        var decoder = new ImageDecoder(await MediaTools.InstallationAsync());
        var path = await MakeAsync("a.jpg", "testsrc2=s=300x200");
        var small = await decoder.DecodeInsideAsync(path, 15_000, default);
        Assert.InRange(small.Width * small.Height, 14_500, 15_000);
        Assert.Equal(1.5, (double)small.Width / small.Height, 0.02);
        var same = await decoder.DecodeInsideAsync(path, 1_000_000, default);
        Assert.Equal((300, 200), (same.Width, same.Height));
    }

    private string Write(byte[] file)
    {
        var path = _scratch.PathOf("made");
        File.WriteAllBytes(path, file);
        return path;
    }

    private static char Letter(Image image, int x, int y)
    {
        var i = ((y * image.Width) + x) * image.Channels;
        return (image.Pixels[i] > 128, image.Pixels[i + 1] > 128, image.Pixels[i + 2] > 128) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, false) => 'Y',
            _ => '?',
        };
    }

    private async Task<string> MakeAsync(string name, string graph, params string[] options)
    {
        var path = _scratch.PathOf(name);
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
