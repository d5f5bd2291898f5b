using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Models.LtxVideo.Autoencoder;
using Kinora.Tensors;

namespace Kinora.Diffusion.Tests.Models.LtxVideo.Autoencoder;

public sealed class TiledDecodingTests
{
    private const int Frames = 17, Rows = 2, Columns = 4;

    [Fact]
    public void One_part_that_covers_all_is_the_plain_decoding()
    {
        Assert.Equal(Plain(0, Columns), Tiled(new LtxVideoTiling()));
        Assert.Equal(Plain(0, Columns), Tiled(new LtxVideoTiling { Time = (64, 32) }));
    }

    [Fact]
    public void Two_parts_are_faded_where_they_overlap_and_left_alone_elsewhere()
    {
        // Parts of 96 pixels, 64 apart: columns 0-95 and 64-127; the second is faded in over columns 64-95.
        var tiled = Tiled(new LtxVideoTiling { Side = 96, Stride = 64 });
        var (left, right) = (Plain(0, 3), Plain(2, 2));
        for (var row = 0; row < Frames * 64; row++)
            for (var x = 0; x < 128; x++)
                for (var c = 0; c < 3; c++)
                {
                    float L() => left[(((row * 96) + x) * 3) + c];
                    float R() => right[(((row * 64) + x - 64) * 3) + c];
                    var share = (x - 64) / 32f;
                    var expected = x < 64 ? L() : x < 96 ? (L() * (1 - share)) + (R() * share) : R();
                    Assert.Equal(expected, tiled[(((row * 128) + x) * 3) + c], 1e-5f);
                }
    }

    [Fact]
    public void Parts_in_time_begin_as_the_first_and_keep_the_length()
    {
        var tiled = Tiled(new LtxVideoTiling { Time = (16, 8) });

        Assert.Equal(Frames * 64 * 128 * 3, tiled.Length);
        Assert.All(tiled, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(Plain(0, Columns)[..(9 * 64 * 128 * 3)], tiled[..(9 * 64 * 128 * 3)]);
    }

    private static Tensor Latents(TensorScope scope)
    {
        var latents = scope.Empty([3, Rows, Columns, 8]);
        TestBackend.Instance.FillNormal(latents, 11, 0);
        return latents;
    }

    private static float[] Plain(int firstColumn, int columns)
    {
        using var autoencoder = TinyModel.Autoencoder();
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var part = scope.Empty([3, Rows, columns, 8]);
        TestBackend.Instance.Copy(Latents(scope).Slice(2, firstColumn, columns), part);
        var pixels = new List<float>();
        autoencoder.Decode(part, 0.05f, frames => pixels.AddRange(frames.AsReadOnlySpan<float>()));
        return [.. pixels];
    }

    private static float[] Tiled(LtxVideoTiling tiling)
    {
        using var autoencoder = TinyModel.Autoencoder();
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        return new TiledDecoding(TestBackend.Instance, autoencoder, tiling, 0.05f, default).Run(scope, Latents(scope)).AsReadOnlySpan<float>().ToArray();
    }
}
