using Kinora.Diffusion.Layers;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>The weights of one block: its convolutions and, in the decoder, what the noise level does to its norms.</summary>
internal sealed class AutoencoderLayers
{
    private const float PixelNormEpsilon = 1e-8f;

    private readonly AutoencoderBlock _block;
    private readonly ConvolutionLayer? _change;
    private readonly TimestepEmbedding? _time;
    private readonly (ConvolutionLayer First, ConvolutionLayer Second, Tensor? Table)[] _layers;

    public AutoencoderLayers(AutoencoderBlock block, WeightReader reader, WeightFormat format, bool hasTimestep, bool isDecoder)
    {
        _block = block;
        var channels = block.Channels;
        if (!block.IsResidual)
        {
            var outputs = isDecoder ? block.OutputChannels * block.Volume : block.OutputChannels / block.Volume;
            _change = reader.Convolution("conv.conv", [outputs, channels, 3, 3, 3], format);
            _layers = [];
            return;
        }

        _time = hasTimestep ? new TimestepEmbedding(reader, "time_embedder.timestep_embedder", 4 * channels, format == WeightFormat.Int8 ? WeightFormat.BFloat16 : format) : null;
        _layers = [.. Enumerable.Range(0, block.Layers).Select(i => (
            reader.Convolution($"res_blocks.{i}.conv1.conv", [channels, channels, 3, 3, 3], format),
            reader.Convolution($"res_blocks.{i}.conv2.conv", [channels, channels, 3, 3, 3], format),
            hasTimestep ? reader.Vector($"res_blocks.{i}.scale_shift_table", [4, channels]) : null))];
    }

    /// <summary>The norm of a pixel's channels, then SiLU.</summary>
    public static NormOptions Norm(Modulation? modulation) => new() { Epsilon = PixelNormEpsilon, Modulation = modulation, Activation = Activation.Silu };

    /// <summary>The stages for one clip.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="scope">Keeps the modulations; must outlive the stages.</param>
    /// <param name="timestep">The scaled noise level, or null.</param>
    /// <param name="isDecoder">Which way.</param>
    /// <param name="open">Makes a convolution that remembers frames.</param>
    public IEnumerable<IFrameStage> Open(IBackend backend, TensorScope scope, float? timestep, bool isDecoder, Func<ConvolutionLayer, StreamedConvolution> open)
    {
        if (_change is not null)
        {
            yield return isDecoder ? new UpsampleStage(backend, open(_change), _block) : new DownsampleStage(backend, open(_change), _block);
            yield break;
        }

        var vector = _time is null || timestep is null ? null : _time.Run(backend, scope, [timestep.Value]);
        foreach (var (first, second, table) in _layers)
        {
            var (firstModulation, secondModulation) = ((Modulation?)null, (Modulation?)null);
            if (vector is not null && table is not null)
            {
                // Rows: shift and scale of the first norm, shift and scale of the second.
                var rows = scope.Empty([4, _block.Channels]);
                backend.Binary(BinaryOp.Add, table, vector.Reshape([4, _block.Channels]), rows);
                firstModulation = new Modulation { Shift = Row(rows, 0), Scale = Row(rows, 1) };
                secondModulation = new Modulation { Shift = Row(rows, 2), Scale = Row(rows, 3) };
            }

            yield return new ResidualStage(backend, open(first), Norm(firstModulation), open(second), Norm(secondModulation));
        }
    }

    private static Tensor Row(Tensor rows, int row) => rows.Slice(0, row, 1).Reshape([rows.Shape[1]]);
}
