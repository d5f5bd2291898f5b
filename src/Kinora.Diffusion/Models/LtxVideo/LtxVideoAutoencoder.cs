using Kinora.Diffusion.Layers;
using Kinora.Diffusion.Models.LtxVideo.Autoencoder;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// The video autoencoder of LTX-Video 0.9.5-0.9.8: pixels to latents 32 times smaller each way and 8 times in time, and back. Clips stream through: memory
/// does not grow with their length, and pieces give what the whole would give.
/// </summary>
internal sealed class LtxVideoAutoencoder : IDisposable
{
    // What one piece of frames may take between two stages; a handful of such blocks live at once.
    private const long DefaultPieceBytes = 64 << 20;

    private readonly IBackend _backend;
    private readonly TensorScope _weights;
    private readonly ConvolutionLayer _encoderInput;
    private readonly AutoencoderLayers[] _encoder;
    private readonly ConvolutionLayer _encoderOutput;
    private readonly ConvolutionLayer _decoderInput;
    private readonly AutoencoderLayers[] _decoder;
    private readonly ConvolutionLayer _decoderOutput;
    private readonly TimestepEmbedding? _lastTime;
    private readonly Tensor? _lastTable;
    private readonly float _timestepScale;
    private readonly Tensor _means;
    private readonly Tensor _deviations;

    private LtxVideoAutoencoder(IBackend backend, LtxVideoAutoencoderConfig config, TensorScope weights, WeightReader reader, WeightFormat format)
    {
        (_backend, _weights, Config) = (backend, weights, config);
        var (patch, latent) = (3 * config.PatchSize * config.PatchSize, config.LatentChannels);
        var edges = format == WeightFormat.Int8 ? WeightFormat.BFloat16 : format;
        _encoderInput = reader.Convolution("encoder.conv_in.conv", [config.Encoder[0].Channels, patch, 3, 3, 3], edges);
        _encoder = [.. config.Encoder.Select((block, i) => new AutoencoderLayers(block, reader.Under($"encoder.down_blocks.{i}."), format, hasTimestep: false, isDecoder: false))];
        _encoderOutput = reader.Convolution("encoder.conv_out.conv", [latent + 1, config.Encoder[^1].OutputChannels, 3, 3, 3], edges);
        _decoderInput = reader.Convolution("decoder.conv_in.conv", [config.Decoder[0].Channels, latent, 3, 3, 3], edges);
        _decoder = [.. config.Decoder.Select((block, i) => new AutoencoderLayers(block, reader.Under($"decoder.up_blocks.{i}."), format, config.HasTimestep, isDecoder: true))];
        var last = config.Decoder[^1].OutputChannels;
        _decoderOutput = reader.Convolution("decoder.conv_out.conv", [patch, last, 3, 3, 3], edges);
        if (config.HasTimestep)
        {
            _lastTime = new TimestepEmbedding(reader, "decoder.last_time_embedder.timestep_embedder", 2 * last, edges);
            _lastTable = reader.Vector("decoder.last_scale_shift_table", [2, last]);
            _timestepScale = reader.Vector("decoder.timestep_scale_multiplier", [], WeightKind.Norm).AsReadOnlySpan<float>()[0];
        }

        _means = reader.Vector("per_channel_statistics.mean-of-means", [latent]);
        _deviations = reader.Vector("per_channel_statistics.std-of-means", [latent], WeightKind.Norm);
        if (_deviations.AsReadOnlySpan<float>().ContainsAnyInRange(float.NegativeInfinity, 0))
            throw new CheckpointException("'per_channel_statistics.std-of-means' holds deviations that are not positive: the file is damaged.");
    }

    /// <summary>The structure.</summary>
    public LtxVideoAutoencoderConfig Config { get; }

    /// <summary>Bytes that a piece of frames may take between two stages; at least one frame goes through whatever it takes.</summary>
    public long PieceBytes { get; init; } = DefaultPieceBytes;

    /// <summary>Reads an autoencoder.</summary>
    /// <param name="backend">Where it computes; must outlive the model.</param>
    /// <param name="config">The structure.</param>
    /// <param name="source">The weights, under either spelling; needed only during the call.</param>
    /// <param name="format">How the convolutions are kept.</param>
    /// <param name="pieceBytes">Sets <see cref="PieceBytes"/>.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    /// <exception cref="CheckpointException">Weights are missing, misshapen or not finite.</exception>
    /// <exception cref="TensorOutOfMemoryException">They do not fit.</exception>
    public static LtxVideoAutoencoder Load(
        IBackend backend, LtxVideoAutoencoderConfig config, ISafetensorsSource source, WeightFormat format, long pieceBytes = DefaultPieceBytes, CancellationToken cancellation = default)
    {
        var weights = new TensorScope(backend.Memory);
        try
        {
            var reader = new WeightReader(backend, LtxVideoWeightNames.Autoencoder(source), weights, cancellation);
            return new LtxVideoAutoencoder(backend, config, weights, reader, format) { PieceBytes = pieceBytes };
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The weights of an autoencoder, under the official names.</summary>
    public static IReadOnlyList<WeightNeed> Needs(LtxVideoAutoencoderConfig config) =>
        WeightReader.Survey((scope, reader) => _ = new LtxVideoAutoencoder(null!, config, scope, reader, WeightFormat.Float32));

    /// <summary>Encodes a clip: means and, if wanted, the logarithm of the variance, which all channels share.</summary>
    /// <param name="pixels">[frames, height, width, 3] from -1 to 1; 8k + 1 frames, sides multiples of 32.</param>
    /// <param name="means">[latent frames, rows, columns, channels], overwritten, not normalised.</param>
    /// <param name="logVariance">[latent frames, rows, columns, 1], overwritten, or null.</param>
    /// <param name="cancellation">Checked before every stage.</param>
    public void Encode(Tensor pixels, Tensor means, Tensor? logVariance = null, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope(_backend.Memory);
        var channels = Config.LatentChannels;
        long done = 0;
        using var flow = new FrameFlow(EncoderStages(scope), PieceBytes, Collect, cancellation);
        var (frames, patch) = (pixels.Shape[0], Config.PatchSize);

        for (long first = 0; first < frames;)
        {
            var count = Math.Min(LatentGrid.FramesPerLatent, frames - first);
            var part = pixels.Slice(0, first, count);
            Shape shape = [count, pixels.Shape[1] / patch, pixels.Shape[2] / patch, 3 * patch * patch];
            using var patches = new FrameChunk(Tensor.Allocate(_backend.Memory, DType.Float32, shape));
            _backend.SpaceToDepth(part.Reshape([1, .. part.Shape]), patches.Frames.Reshape([1, .. shape]), PatchOrder.FrameColumnRow);
            first += count;
            flow.Push(patches, first == frames);
        }

        void Collect(Tensor latents)
        {
            var count = latents.Shape[0];
            _backend.Copy(latents.Slice(3, 0, channels), means.Slice(0, done, count));
            if (logVariance is not null)
                _backend.Copy(latents.Slice(3, channels, 1), logVariance.Slice(0, done, count));
            done += count;
        }
    }

    /// <summary>Decodes a clip; its frames come in order as they are ready.</summary>
    /// <param name="latents">[latent frames, rows, columns, channels], not normalised.</param>
    /// <param name="timestep">How noisy they are, 0 to 1; without effect on autoencoders that are not told.</param>
    /// <param name="frames">Called with [frames, height, width, 3], about -1 to 1, valid during the call.</param>
    /// <param name="cancellation">Checked before every stage.</param>
    public void Decode(Tensor latents, float timestep, Action<Tensor> frames, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope(_backend.Memory);
        using var flow = new FrameFlow(DecoderStages(scope, timestep), PieceBytes, Unpatch, cancellation);
        flow.Push(new FrameChunk(latents), isLast: true);

        void Unpatch(Tensor patches)
        {
            var shape = patches.Shape;
            using var pixels = Tensor.Allocate(_backend.Memory, DType.Float32, [1, shape[0], shape[1] * Config.PatchSize, shape[2] * Config.PatchSize, 3]);
            _backend.DepthToSpace(patches.Reshape([1, .. shape]), pixels, PatchOrder.FrameColumnRow);
            frames(pixels.Reshape([.. pixels.Shape.AsSpan()[1..]]));
        }
    }

    /// <summary>(z - mean) / deviation per channel, in place: what the transformer works on.</summary>
    public void Normalize(Tensor latents)
    {
        _backend.Binary(BinaryOp.Subtract, latents, _means, latents);
        _backend.Binary(BinaryOp.Divide, latents, _deviations, latents);
    }

    /// <summary>The inverse of <see cref="Normalize"/>.</summary>
    public void Denormalize(Tensor latents)
    {
        _backend.Binary(BinaryOp.Multiply, latents, _deviations, latents);
        _backend.Binary(BinaryOp.Add, latents, _means, latents);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _weights.Dispose();

    private List<IFrameStage> EncoderStages(TensorScope scope)
    {
        var stages = new List<IFrameStage> { new ConvolutionStage(_backend, Open(_encoderInput)) };
        foreach (var layers in _encoder)
            stages.AddRange(layers.Open(_backend, scope, timestep: null, isDecoder: false, Open));
        stages.Add(new ConvolutionStage(_backend, Open(_encoderOutput), AutoencoderLayers.Norm(null)));
        return stages;

        StreamedConvolution Open(ConvolutionLayer layer) => new(_backend, layer, isCausal: true, Config.SpacePadding);
    }

    private List<IFrameStage> DecoderStages(TensorScope scope, float timestep)
    {
        var scaled = Config.HasTimestep ? timestep * _timestepScale : (float?)null;
        var stages = new List<IFrameStage> { new ConvolutionStage(_backend, Open(_decoderInput)) };
        foreach (var layers in _decoder)
            stages.AddRange(layers.Open(_backend, scope, scaled, isDecoder: true, Open));
        stages.Add(new ConvolutionStage(_backend, Open(_decoderOutput), AutoencoderLayers.Norm(LastModulation(scope, scaled))));
        return stages;

        StreamedConvolution Open(ConvolutionLayer layer) => new(_backend, layer, Config.IsDecoderCausal, Config.SpacePadding);
    }

    private Modulation? LastModulation(TensorScope scope, float? timestep)
    {
        if (timestep is null)
            return null;
        var rows = scope.Empty(_lastTable!.Shape);
        _backend.Binary(BinaryOp.Add, _lastTable, _lastTime!.Run(_backend, scope, [timestep.Value]).Reshape(_lastTable.Shape), rows);
        return new Modulation { Shift = rows.Slice(0, 0, 1).Reshape([rows.Shape[1]]), Scale = rows.Slice(0, 1, 1).Reshape([rows.Shape[1]]) };
    }
}
