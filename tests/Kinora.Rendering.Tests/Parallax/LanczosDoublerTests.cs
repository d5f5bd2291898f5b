using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Tests.Parallax;

public sealed class LanczosDoublerTests
{
    [Fact]
    public void Fully_restored_blocks_have_the_mean_of_their_pixel()
    {
        var image = Clips.Blobs(40, 24);
        var codes = CodePlanes.Convert(image, 1);
        var texture = LanczosDoubler.Double(codes.Y, 40, 24, 1, 2);

        for (var y = 0; y < 24; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                var mean = (texture.Row(2 * y)[2 * x] + texture.Row(2 * y)[2 * x + 1] + texture.Row(2 * y + 1)[2 * x] + texture.Row(2 * y + 1)[2 * x + 1]) / 4.0 + Texture.Bias;
                Assert.Equal(codes.Y[y * 40 + x], mean, 0.51);
            }
        }
    }

    [Fact]
    public void A_ramp_stays_a_ramp()
    {
        var codes = new float[40 * 8];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = 20 + 4 * (i % 40);
        var texture = LanczosDoubler.Double(codes, 40, 8, 0, 1);

        for (var x = 16; x < 64; x++)
            Assert.Equal(20 + 4 * ((x + 0.5) / 2 - 0.5), texture.Row(8)[x] + Texture.Bias, 0.65);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var codes = CodePlanes.Convert(Clips.Blobs(64, 64), 1).Y;
        Texture one = LanczosDoubler.Double(codes, 64, 64, 1, 1), four = LanczosDoubler.Double(codes, 64, 64, 1, 4);

        for (var y = 0; y < 128; y++)
            Assert.True(one.Row(y).SequenceEqual(four.Row(y)));
    }
}
