using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class LtxVideoAutoencoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(41)]
    public void A_clip_decoded_in_single_frames_is_the_same_to_the_last_bit(int frames)
    {
        using var whole = TinyModel.Autoencoder(long.MaxValue);
        using var pieces = TinyModel.Autoencoder(pieceBytes: 1);

        Assert.Equal(Decode(whole, frames), Decode(pieces, frames));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(33)]
    public void A_clip_encoded_in_the_smallest_pieces_is_the_same_to_the_last_bit(int frames)
    {
        using var whole = TinyModel.Autoencoder(long.MaxValue);
        using var pieces = TinyModel.Autoencoder(pieceBytes: 1);

        Assert.Equal(Encode(whole, frames), Encode(pieces, frames));
    }

    [Fact]
    public void Encoding_looks_back_only_so_a_longer_clip_begins_the_same()
    {
        using var autoencoder = TinyModel.Autoencoder();
        var (shorter, longer) = (Encode(autoencoder, 9), Encode(autoencoder, 17));

        Assert.Equal(shorter, longer[..shorter.Length]);
    }

    [Fact]
    public void Memory_for_decoding_does_not_grow_with_the_clip()
    {
        long Peak(int frames)
        {
            using var backend = CpuBackend.Create(new CpuOptions { Threads = 1 });
            var config = TinyModel.Config.Autoencoder;
            using var autoencoder = LtxVideoAutoencoder.Load(backend, config, new RandomWeights(LtxVideoAutoencoder.Needs(config), DType.Float32, 2), WeightFormat.Float32, pieceBytes: 1 << 16);
            using var scope = new TensorScope(backend.Memory);
            var latents = scope.Zeros([LatentGrid.Of(128, 96, frames).Frames, 3, 4, 8]);
            autoencoder.Decode(latents, 0.05f, _ => { });
            return backend.Memory.PeakBytes - (latents.Shape.ElementCount * sizeof(float));
        }

        Assert.InRange(Peak(257) / (double)Peak(33), 0.9, 1.1);
    }

    [Fact]
    public void Cancellation_ends_decoding_within_a_stage()
    {
        using var autoencoder = TinyModel.Autoencoder(pieceBytes: 1);
        using var source = new CancellationTokenSource();
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var seen = 0;

        Assert.Throws<OperationCanceledException>(() => autoencoder.Decode(scope.Zeros([9, 2, 2, 8]), 0.05f, _ =>
        {
            seen++;
            source.Cancel();
        }, source.Token));
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Normalising_and_back_is_the_identity()
    {
        using var autoencoder = TinyModel.Autoencoder();
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var latents = scope.Empty([2, 2, 3, 8]);
        TestBackend.Instance.FillNormal(latents, 3, 0);
        var before = latents.AsReadOnlySpan<float>().ToArray();

        autoencoder.Normalize(latents);
        autoencoder.Denormalize(latents);

        Assert.InRange(Closeness.Error(before, latents.AsReadOnlySpan<float>()), 0, 1e-6);
    }

    private static float[] Decode(LtxVideoAutoencoder autoencoder, int frames)
    {
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var latents = scope.Empty([LatentGrid.Of(96, 64, frames).Frames, 2, 3, 8]);
        TestBackend.Instance.FillNormal(latents, 1, 0);
        var pixels = new List<float>();
        autoencoder.Decode(latents, 0.05f, part => pixels.AddRange(part.AsReadOnlySpan<float>()));
        Assert.Equal(frames * 64 * 96 * 3, pixels.Count);
        return [.. pixels];
    }

    private static float[] Encode(LtxVideoAutoencoder autoencoder, int frames)
    {
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        Tensor pixels = scope.Empty([frames, 64, 96, 3]), latents = scope.Empty([LatentGrid.Of(96, 64, frames).Frames, 2, 3, 8]);
        TestBackend.Instance.FillUniform(pixels.Slice(0, 0, frames), 1, 0);
        autoencoder.Encode(pixels, latents);
        return latents.AsReadOnlySpan<float>().ToArray();
    }
}
