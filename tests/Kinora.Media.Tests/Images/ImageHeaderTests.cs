using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

public sealed class ImageHeaderTests
{
    [Theory]
    [InlineData(1, 3, 40, 30)]
    [InlineData(6, 3, 30, 40)]
    [InlineData(8, 1, 30, 40)]
    [InlineData(3, 3, 40, 30)]
    [InlineData(9, 3, 40, 30)]
    public void A_jpeg_tells_its_size_as_people_see_it(byte orientation, int components, int width, int height)
    {
        foreach (var little in (bool[])[true, false])
        {
            var header = Read(HandMadeJpeg.Header(40, 30, components, segments: HandMadeJpeg.Exif(orientation, little)));
            Assert.Equal((ImageFormat.Jpeg, width, height, components), (header.Format, header.Width, header.Height, header.Components));
        }
    }

    [Fact]
    public void A_jpegs_size_is_found_behind_megabytes_of_segments()
    {
        var profile = HandMadeJpeg.Segment(0xE2, new byte[65_000]);
        byte[][] segments = [.. Enumerable.Repeat(profile, 60)];
        Assert.Equal(40, Read(HandMadeJpeg.Header(40, 30, segments: segments)).Width);
    }

    [Theory]
    [InlineData(0xC3)]
    [InlineData(0xC5)]
    [InlineData(0xC9)]
    [InlineData(0xCA)]
    public void Kinds_of_jpeg_that_are_not_decoded_are_named(byte frame) =>
        Assert.Equal("jpg", Assert.Throws<UnsupportedMediaException>(() => Read(HandMadeJpeg.Header(40, 30, frame: frame))).Format);

    [Fact]
    public void Twelve_bits_or_four_unexplained_components_are_not_decoded()
    {
        Assert.Throws<UnsupportedMediaException>(() => Read(HandMadeJpeg.Header(40, 30, frame: 0xC1, bits: 12)));
        Assert.Throws<UnsupportedMediaException>(() => Read(HandMadeJpeg.Header(40, 30, components: 4)));
        Assert.Equal(4, Read(HandMadeJpeg.Header(40, 30, 4, segments: HandMadeJpeg.Adobe(2))).Components);
    }

    [Theory]
    [InlineData(0, 1, 16, false)]
    [InlineData(2, 3, 8, false)]
    [InlineData(3, 1, 4, false)]
    [InlineData(4, 2, 8, true)]
    [InlineData(6, 4, 16, true)]
    public void A_png_tells_what_its_samples_are(byte colorType, int components, byte bits, bool alpha)
    {
        var header = Read(new HandMadePng(70_000, 5, bits, colorType).With("IDAT").Unfinished());
        Assert.Equal((70_000, 5, components, bits, alpha), (header.Width, header.Height, header.Components, header.BitsPerSample, header.HasAlpha));
    }

    [Fact]
    public void A_pngs_transparency_animation_and_orientation_are_found_before_its_pixels()
    {
        var header = Read(new HandMadePng(4, 3).With("tRNS", 0, 0, 0, 0, 0, 0).With("acTL", 0, 0, 0, 7, 0, 0, 0, 0).With("eXIf", HandMadeJpeg.Tiff(6)).With("IDAT").Unfinished());
        Assert.Equal((true, true, 3, 4), (header.HasAlpha, header.IsAnimated, header.Width, header.Height));
    }

    [Fact]
    public void An_animated_webp_is_known_by_its_header()
    {
        var header = Read(new HandMadeWebp().Extended(0x12, 16_000, 9_000).With("ANIM", new byte[6]).With("ANMF", new byte[24]).End());
        Assert.Equal((16_000, 9_000, true, true), (header.Width, header.Height, header.IsAnimated, header.HasAlpha));
    }

    [Fact]
    public void A_webps_orientation_stands_behind_its_pixels_and_its_canvas_must_fit_them()
    {
        byte[] lossless = [0x2F, 39, 0x40, 0x07, 0];
        var turned = new HandMadeWebp().Extended(0x08, 40, 30).With("VP8L", lossless).With("EXIF", HandMadeJpeg.Tiff(6));
        Assert.Equal((30, 40), (Read(turned.End()).Width, Read(turned.End()).Height));
        Assert.Throws<DamagedMediaException>(() => Read(new HandMadeWebp().Extended(0, 41, 30).With("VP8L", lossless).End()));
    }

    [Theory]
    [InlineData("GIF89a..............", "gif")]
    [InlineData("\0\0\0\u001cftypavif........", "avif")]
    [InlineData("\0\0\0\u001cftypheic........", "heic")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"x\">", "svg")]
    [InlineData("BM......\0\0\0\0..........", "unknown")]
    [InlineData("II*\0................", "tiff")]
    [InlineData("<!doctype html><html>", "unknown")]
    [InlineData("", "unknown")]
    public void Other_formats_are_refused_by_name(string start, string name)
    {
        var failure = Assert.Throws<UnsupportedMediaException>(() => Read(System.Text.Encoding.Latin1.GetBytes(start)));
        Assert.Equal(name, failure.Format);
        Assert.Contains("expected jpg, png or webp", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_and_every_flipped_byte_of_a_header_gives_an_answer_or_a_reason()
    {
        byte[][] files =
        [
            HandMadeJpeg.Header(40, 30, segments: [HandMadeJpeg.Exif(6), HandMadeJpeg.Adobe(1)]),
            new HandMadePng(4, 3).With("eXIf", HandMadeJpeg.Tiff(6)).With("IDAT").Unfinished(),
            new HandMadeWebp().Extended(0x08, 40, 30).With("VP8L", 0x2F, 39, 0x40, 0x07, 0).With("EXIF", HandMadeJpeg.Tiff(6)).End(),
        ];
        var reasons = 0;
        foreach (var file in files)
        {
            for (var i = 0; i < file.Length; i++)
            {
                reasons += Try(file[..i]);
                for (var bit = 0; bit < 8; bit++)
                {
                    var flipped = file.ToArray();
                    flipped[i] ^= (byte)(1 << bit);
                    reasons += Try(flipped);
                }
            }
        }

        Assert.InRange(reasons, 100, int.MaxValue);
    }

    private static int Try(byte[] file)
    {
        try
        {
            Assert.InRange(Read(file).PixelCount, 1, long.MaxValue);
            return 0;
        }
        catch (MediaException)
        {
            return 1;
        }
    }

    private static ImageHeader Read(byte[] file) => ImageHeader.Read(new MemoryStream(file));
}
