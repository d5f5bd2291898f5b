using Kinora.Diffusion;
using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxGeometryTests
{
    [Theory]
    [InlineData(320, 180, 320, 192)]
    [InlineData(320, 180, 256, 160)]
    [InlineData(180, 320, 128, 224)]
    [InlineData(640, 360, 256, 160)]
    public void A_picture_comes_back_where_it_was(int width, int height, int modelWidth, int modelHeight)
    {
        var picture = Hills(width, height);
        var geometry = new LtxGeometry(new FrameSize(width, height), new LtxBucket(modelWidth, modelHeight));

        var there = geometry.ToModel(picture);
        var back = geometry.ToClip(there);

        Assert.Equal((modelWidth, modelHeight), (there.Width, there.Height));
        Assert.True(ClipWorkshop.Psnr(back, Yuv420.FromImage(picture)) >= 38, "The picture was moved, zoomed or blurred.");
    }

    [Fact]
    public async Task A_still_that_went_through_the_codec_is_nearly_itself()
    {
        var hills = Hills(256, 160);
        var picture = new RgbFrame(256, 160, LtxGeometry.Floats(hills));
        var codec = new StillCodec(await FfmpegInstallation.FindAsync(directory: null, CancellationToken.None));

        var coded = await codec.RoundTripAsync(picture, CancellationToken.None);

        Assert.Equal((256, 160), (coded.Width, coded.Height));
        Assert.NotEqual(picture.Pixels.ToArray(), coded.Pixels.ToArray());
        var psnr = ClipWorkshop.Psnr(Yuv420.FromImage(hills), Yuv420.FromImage(new Image(256, 160, 3, LtxGeometry.Bytes(coded.Pixels.Span))));
        Assert.True(psnr > 30, $"{psnr:0.0} dB");
    }

    private static Image Hills(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 3;
                pixels[at] = (byte)(128 + (100 * Math.Sin(x * 40.0 / width)));
                pixels[at + 1] = (byte)(128 + (100 * Math.Sin(y * 25.0 / height)));
                pixels[at + 2] = (byte)(128 + (60 * Math.Sin((x + y) * 30.0 / (width + height))));
            }
        }

        return new Image(width, height, 3, pixels);
    }
}
