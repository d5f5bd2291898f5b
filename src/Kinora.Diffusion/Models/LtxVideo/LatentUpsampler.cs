using Kinora.Diffusion.Layers;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Doubles the sides or the frame rate of latents: residual layers with group norms over the whole clip around one sub-pixel convolution
/// (<see href="https://arxiv.org/abs/1609.05158">pixel shuffle</see>). Works on latents that are not normalised. Borders are zeros, in time too.
/// </summary>
internal sealed class LatentUpsampler : IDisposable
{
    private const int Groups = 32;
    private const float Epsilon = 1e-5f;

    private readonly IBackend _backend;
    private readonly TensorScope _weights;
    private readonly ConvolutionLayer _input;
    private readonly NormOptions _inputNorm;
    private readonly Block[] _before;
    private readonly ConvolutionLayer _change;
    private readonly Block[] _after;
    private readonly ConvolutionLayer _output;

    private LatentUpsampler(IBackend backend, LatentUpsamplerConfig config, TensorScope weights, WeightReader reader, WeightFormat format)
    {
        (_backend, _weights, Config) = (backend, weights, config);
        var middle = config.MiddleChannels;
        _input = reader.Convolution("initial_conv", [middle, config.Channels, 3, 3, 3], format);
        _inputNorm = Norm(reader, "initial_norm", middle) with { Activation = Activation.Silu };
        _before = Blocks(reader, "res_blocks", format);
        _change = reader.Convolution("upsampler.0", config.IsTemporal ? [middle * (config.IsSpatial ? 8 : 2), middle, 3, 3, 3] : [middle * 4, middle, 3, 3], format);
        _after = Blocks(reader, "post_upsample_res_blocks", format);
        _output = reader.Convolution("final_conv", [config.Channels, middle, 3, 3, 3], format);
    }

    /// <summary>The structure.</summary>
    public LatentUpsamplerConfig Config { get; }

    /// <summary>Reads an upsampler.</summary>
    /// <exception cref="CheckpointException">Weights are missing, misshapen or not finite.</exception>
    public static LatentUpsampler Load(
        IBackend backend, LatentUpsamplerConfig config, ISafetensorsSource source, WeightFormat format, CancellationToken cancellation = default)
    {
        var weights = new TensorScope(backend.Memory);
        try
        {
            return new LatentUpsampler(backend, config, weights, new WeightReader(backend, source, weights, cancellation), format);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The weights of an upsampler.</summary>
    public static IReadOnlyList<WeightNeed> Needs(LatentUpsamplerConfig config) =>
        WeightReader.Survey((scope, reader) => _ = new LatentUpsampler(null!, config, scope, reader, WeightFormat.Float32));

    /// <summary>The grid that a grid becomes.</summary>
    public LatentGrid Grown(LatentGrid grid)
    {
        var (time, space) = Factors();
        return new LatentGrid((grid.Frames * time) - (time - 1), grid.Rows * space, grid.Columns * space);
    }

    /// <summary>Upsamples [frames, rows, columns, channels] into a tensor of the grown size.</summary>
    public void Run(Tensor latents, Tensor grown, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope(_backend.Memory);
        var (shape, middle, (time, space)) = (latents.Shape, Config.MiddleChannels, Factors());
        var x = scope.Empty([1, shape[0], shape[1], shape[2], middle]);
        _input.Run(_backend, latents.Reshape([1, .. shape]), x, Same);
        _backend.GroupNorm(x, x, Groups, _inputNorm);
        RunAll(_before, x, cancellation);

        var deep = scope.Empty([1, shape[0], shape[1], shape[2], middle * time * space * space]);
        if (time == 2)
            _change.Run(_backend, x, deep, Same);
        else
            _change.Run(_backend, x.Reshape([.. x.Shape.AsSpan()[1..]]), deep.Reshape([.. deep.Shape.AsSpan()[1..]]), SamePicture);
        var wide = scope.Empty([1, shape[0] * time, shape[1] * space, shape[2] * space, middle]);
        _backend.DepthToSpace(deep, wide);

        // Where time doubled, the first frame is left out.
        var grid = wide.Slice(1, time - 1, wide.Shape[1] - (time - 1));
        RunAll(_after, grid, cancellation);
        _output.Run(_backend, grid, grown.Reshape([1, .. grown.Shape]), Same);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _weights.Dispose();

    private static ConvolutionOptions Same { get; } = ConvolutionOptions.Same(causal: false, PaddingMode.Zero, PaddingMode.Zero);

    private static ConvolutionOptions SamePicture { get; } = new() { PadRows = (1, 1), PadColumns = (1, 1) };

    private static NormOptions Norm(WeightReader reader, string name, int channels) =>
        new() { Epsilon = Epsilon, Weight = reader.Vector(name + ".weight", [channels], WeightKind.Norm), Bias = reader.Vector(name + ".bias", [channels]) };

    private (int Time, int Space) Factors() => (Config.IsTemporal ? 2 : 1, Config.IsSpatial ? 2 : 1);

    private Block[] Blocks(WeightReader reader, string name, WeightFormat format) =>
        [.. Enumerable.Range(0, Config.BlocksPerStage).Select(i => new Block(reader.Under($"{name}.{i}."), Config.MiddleChannels, format))];

    private void RunAll(Block[] blocks, Tensor x, CancellationToken cancellation)
    {
        foreach (var block in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Run(_backend, x);
        }
    }

    // x = SiLU(x + norm2(conv2(SiLU(norm1(conv1(x)))))).
    private sealed class Block(WeightReader reader, int channels, WeightFormat format)
    {
        private readonly ConvolutionLayer _first = reader.Convolution("conv1", [channels, channels, 3, 3, 3], format);
        private readonly NormOptions _firstNorm = Norm(reader, "norm1", channels) with { Activation = Activation.Silu };
        private readonly ConvolutionLayer _second = reader.Convolution("conv2", [channels, channels, 3, 3, 3], format);
        private readonly NormOptions _secondNorm = Norm(reader, "norm2", channels);

        public void Run(IBackend backend, Tensor x)
        {
            using var scope = new TensorScope(backend.Memory);
            Tensor a = scope.Empty(x.Shape), b = scope.Empty(x.Shape);
            _first.Run(backend, x, a, Same);
            backend.GroupNorm(a, a, Groups, _firstNorm);
            _second.Run(backend, a, b, Same);
            backend.GroupNorm(b, b, Groups, _secondNorm);
            backend.Binary(BinaryOp.Add, x, b, x);
            backend.Unary(UnaryOp.Silu, x, x);
        }
    }
}
