using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class ImagePreparationTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(333, 97)]
    [InlineData(20, 50)]
    [InlineData(1, 1)]
    public void An_even_picture_of_any_size_stays_even(int width, int height)
    {
        var even = new RgbFrame(width, height, [.. Enumerable.Repeat(new[] { 0.2f, 0.5f, 0.9f }, width * height).SelectMany(pixel => pixel)]);

        var prepared = ImagePreparation.Prepare(even, 64, 32, null, default);

        Assert.Equal((64, 32), (prepared.Width, prepared.Height));
        for (var i = 0; i < 64 * 32; i++)
            Assert.Equal(0.2f + 0.5f + 0.9f, prepared.Pixels.Span[3 * i] + prepared.Pixels.Span[(3 * i) + 1] + prepared.Pixels.Span[(3 * i) + 2], 1e-5f);
    }

    [Fact]
    public void A_wide_picture_is_cropped_at_its_middle_and_shrunk_without_aliasing()
    {
        // 256×64: outer quarters are white and must be cropped off; the middle alternates from column to column, which averages to grey.
        var pixels = new float[3 * 256 * 64];
        for (var i = 0; i < 256 * 64; i++)
            for (var c = 0; c < 3; c++)
                pixels[(3 * i) + c] = i % 256 is < 94 or >= 162 ? 1 : i % 2;
        var fitted = ImagePreparation.Fit(new RgbFrame(256, 64, pixels), 16, 16);

        foreach (var value in fitted.Pixels.Span)
            Assert.InRange(value, 0.4f, 0.6f);
    }

    [Fact]
    public void A_codec_that_changes_the_size_is_refused() =>
        Assert.Throws<DiffusionException>(() => ImagePreparation.Prepare(TinyModel.Picture(64, 64), 64, 64, (_, _) => TinyModel.Picture(32, 64), default));
}
