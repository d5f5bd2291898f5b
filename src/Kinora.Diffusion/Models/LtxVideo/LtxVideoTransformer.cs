using Kinora.Diffusion.Layers;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// The LTX-Video 0.9.x transformer (<see href="https://arxiv.org/abs/2501.00103">LTX-Video</see>): from noisy latents, their noise levels, positions and a
/// prompt it predicts the velocity v = noise - clean.
/// </summary>
internal sealed class LtxVideoTransformer : IDisposable
{
    private readonly IBackend _backend;
    private readonly TensorScope _weights;
    private readonly LinearLayer _input;
    private readonly TimestepEmbedding _time;
    private readonly LinearLayer _timeTable;
    private readonly LinearLayer _captionFirst;
    private readonly LinearLayer _captionSecond;
    private readonly LtxVideoBlock[] _blocks;
    private readonly Tensor _outputTable;
    private readonly LinearLayer _output;

    private LtxVideoTransformer(IBackend backend, LtxVideoTransformerConfig config, TensorScope weights, WeightReader reader, WeightFormat format)
    {
        (_backend, _weights, Config) = (backend, weights, config);

        // What stands at the entries and exits is small and sensitive: bfloat16 at least.
        var (width, edges) = (config.Width, format == WeightFormat.Int8 ? WeightFormat.BFloat16 : format);
        _input = reader.Linear("patchify_proj", width, config.Channels, edges);
        _time = new TimestepEmbedding(reader, "adaln_single.emb.timestep_embedder", width, edges);
        _timeTable = reader.Linear("adaln_single.linear", 6 * width, width, edges);
        _captionFirst = reader.Linear("caption_projection.linear_1", width, config.CaptionWidth, edges);
        _captionSecond = reader.Linear("caption_projection.linear_2", width, width, edges);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(i => new LtxVideoBlock(config, reader.Under($"transformer_blocks.{i}."), format))];
        _outputTable = reader.Vector("scale_shift_table", [2, width]);
        _output = reader.Linear("proj_out", config.Channels, width, edges);
    }

    /// <summary>The sizes.</summary>
    public LtxVideoTransformerConfig Config { get; }

    /// <summary>Reads a transformer.</summary>
    /// <param name="backend">Where it computes; must outlive the model.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="source">The weights, under either spelling; needed only during the call.</param>
    /// <param name="format">How the blocks' linear layers are kept.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    /// <exception cref="CheckpointException">Weights are missing, misshapen or not finite.</exception>
    /// <exception cref="TensorOutOfMemoryException">They do not fit.</exception>
    public static LtxVideoTransformer Load(
        IBackend backend, LtxVideoTransformerConfig config, ISafetensorsSource source, WeightFormat format, CancellationToken cancellation = default)
    {
        var weights = new TensorScope(backend.Memory);
        try
        {
            return new LtxVideoTransformer(backend, config, weights, new WeightReader(backend, LtxVideoWeightNames.Transformer(source), weights, cancellation), format);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The weights of a transformer, under the official names.</summary>
    public static IReadOnlyList<WeightNeed> Needs(LtxVideoTransformerConfig config) =>
        WeightReader.Survey((scope, reader) => _ = new LtxVideoTransformer(null!, config, scope, reader, WeightFormat.Float32));

    /// <summary>Prepares a prompt for any number of passes.</summary>
    public LtxVideoContext Prepare(TextEmbedding prompt, CancellationToken cancellation = default)
    {
        if (prompt.Width != Config.CaptionWidth)
            throw new DiffusionException($"The text encoder gives {prompt.Width} numbers per token, the transformer reads {Config.CaptionWidth}: they do not belong together.");
        var kept = new TensorScope(_backend.Memory);
        try
        {
            using var scope = new TensorScope(_backend.Memory);
            Tensor hidden = scope.Empty([prompt.Tokens, Config.Width]), caption = scope.Empty([prompt.Tokens, Config.Width]);
            _captionFirst.Run(_backend, scope.From(prompt.Values.Span, [prompt.Tokens, prompt.Width]), hidden, new Epilogue { Activation = Activation.GeluTanh });
            _captionSecond.Run(_backend, hidden, caption);
            var layers = new List<(Tensor, Tensor)>();
            foreach (var block in _blocks)
            {
                cancellation.ThrowIfCancellationRequested();
                layers.Add(block.Prepare(_backend, kept, caption));
            }

            return new LtxVideoContext(kept, layers);
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>Predicts the velocity.</summary>
    /// <param name="latents">[tokens, channels].</param>
    /// <param name="levels">The noise levels.</param>
    /// <param name="context">The prompt.</param>
    /// <param name="rotary">The positions.</param>
    /// <param name="velocity">[tokens, channels], overwritten.</param>
    /// <param name="options">What differs from the plain pass.</param>
    /// <param name="cancellation">Checked before every block.</param>
    public void Predict(
        Tensor latents, NoiseLevels levels, LtxVideoContext context, LtxVideoRotary rotary, Tensor velocity, PassOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new PassOptions();
        using var scope = new TensorScope(_backend.Memory);
        var (tokens, count, width) = (latents.Shape[0], levels.Timesteps.Count, (long)Config.Width);

        // 1. Tokens, and the vectors of the noise levels: E for the output, T = linear(SiLU(E)) for the blocks.
        var x = scope.Empty([tokens, width]);
        _input.Run(_backend, latents, x);
        var embedded = _time.Run(_backend, scope, levels.Timesteps);
        Tensor active = scope.Empty([count, width]), perBlock = scope.Empty([count, 6 * width]);
        _backend.Unary(UnaryOp.Silu, embedded, active);
        _timeTable.Run(_backend, active, perBlock);
        var groups = levels.GroupTensor(scope);

        // 2. The blocks.
        for (var layer = 0; layer < _blocks.Length; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            _blocks[layer].Run(_backend, x, perBlock.Reshape([count, 6, width]), groups, layer, context, rotary, options);
            options.BlockDone?.Invoke(layer + 1);
        }

        // 3. The output norm is a layer norm; row 0 of its table is the shift, row 1 the scale.
        Tensor shift = scope.Empty([count, width]), scale = scope.Empty([count, width]);
        _backend.Binary(BinaryOp.Add, embedded, _outputTable.Slice(0, 0, 1), shift);
        _backend.Binary(BinaryOp.Add, embedded, _outputTable.Slice(0, 1, 1), scale);
        _backend.LayerNorm(x, x, new NormOptions { Epsilon = Config.Epsilon, Modulation = new Modulation { Scale = scale, Shift = shift, Groups = groups } });
        _output.Run(_backend, x, velocity);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _weights.Dispose();
}
