using Kinora.Diffusion.Layers;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// One block of the transformer: self-attention over the clip, cross-attention to the prompt, feed-forward. The noise level of every token shifts, scales
/// and gates the first and the last (<see href="https://arxiv.org/abs/2212.09748">adaptive norms</see>, one table per block added to a shared vector).
/// </summary>
internal sealed class LtxVideoBlock
{
    // The feed-forward part is four times as wide: long clips go through it in stretches of rows.
    private const long FeedForwardRows = 4096;
    private const float HeadNormEpsilon = 1e-5f;

    private readonly LtxVideoTransformerConfig _config;
    private readonly Tensor _table;
    private readonly AttentionLayers _self;
    private readonly AttentionLayers _cross;
    private readonly LinearLayer _up;
    private readonly LinearLayer _down;

    public LtxVideoBlock(LtxVideoTransformerConfig config, WeightReader reader, WeightFormat format)
    {
        _config = config;
        _table = reader.Vector("scale_shift_table", [6, config.Width]);
        _self = new AttentionLayers(reader, "attn1", config.Width, format);
        _cross = new AttentionLayers(reader, "attn2", config.Width, format);
        _up = reader.Linear("ff.net.0.proj", 4 * config.Width, config.Width, format);
        _down = reader.Linear("ff.net.2", config.Width, 4 * config.Width, format);
    }

    /// <summary>Keys and values of cross-attention for a projected prompt [tokens, width].</summary>
    public (Tensor Keys, Tensor Values) Prepare(IBackend backend, TensorScope scope, Tensor caption)
    {
        Tensor keys = scope.Empty(caption.Shape), values = scope.Empty(caption.Shape);
        _cross.Key.Run(backend, caption, keys);
        backend.RmsNorm(keys, keys, HeadNorm(_cross.KeyNorm));
        _cross.Value.Run(backend, caption, values);
        return (keys, values);
    }

    /// <summary>Runs the block on x [tokens, width], in place.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="x">The tokens.</param>
    /// <param name="time">[groups, 6, width], from the noise levels.</param>
    /// <param name="groups">Every token's group, or null.</param>
    /// <param name="layer">The block's number.</param>
    /// <param name="context">The prompt.</param>
    /// <param name="rotary">The positions.</param>
    /// <param name="options">What differs from the plain pass.</param>
    public void Run(IBackend backend, Tensor x, Tensor time, Tensor? groups, int layer, LtxVideoContext context, LtxVideoRotary rotary, PassOptions options)
    {
        var skip = options.SkippedBlocks.Contains(layer) ? options.SkipMode : (SkipMode?)null;
        if (skip == SkipMode.Block)
            return;
        using var scope = new TensorScope(backend.Memory);
        var modulation = scope.Empty([6, time.Shape[0], _config.Width]);
        backend.Binary(BinaryOp.Add, time.Permute(1, 0, 2), _table.Reshape([6, 1, _config.Width]), modulation);
        Tensor n = scope.Empty(x.Shape), q = scope.Empty(x.Shape), mixed = scope.Empty(x.Shape);

        // 1. Self-attention: x += gate · out(attention(norm(x)·(1 + scale) + shift)).
        if (skip != SkipMode.Residual)
        {
            backend.RmsNorm(x, n, new NormOptions { Epsilon = _config.Epsilon, Modulation = Pick(modulation, 0, 1, groups) });
            SelfAttention(backend, scope, n, q, mixed, rotary, skip);
            _self.Output.Run(backend, skip == SkipMode.AttentionSkip ? n : mixed, x, new Epilogue { Gate = Row(modulation, 2), GateGroups = groups, Residual = x });
        }

        // 2. Cross-attention: x += out(attention(x → prompt)); neither norm nor gate.
        _cross.Query.Run(backend, x, q);
        backend.RmsNorm(q, q, HeadNorm(_cross.QueryNorm));
        Attend(backend, q, context.Layers[layer].Keys, context.Layers[layer].Values, mixed);
        if (options.AwayFrom is var (negative, strength))
        {
            Attend(backend, q, negative.Layers[layer].Keys, negative.Layers[layer].Values, n);
            strength.Apply(backend, mixed, n);
        }

        _cross.Output.Run(backend, mixed, x, new Epilogue { Residual = x });

        // 3. Feed-forward: x += gate · down(gelu(up(norm(x)·(1 + scale) + shift))).
        backend.RmsNorm(x, n, new NormOptions { Epsilon = _config.Epsilon, Modulation = Pick(modulation, 3, 4, groups) });
        FeedForward(backend, scope, n, x, Row(modulation, 5), groups);
    }

    private void SelfAttention(IBackend backend, TensorScope scope, Tensor n, Tensor q, Tensor mixed, LtxVideoRotary rotary, SkipMode? skip)
    {
        if (skip == SkipMode.AttentionSkip)
            return;
        if (skip == SkipMode.AttentionValues)
        {
            _self.Value.Run(backend, n, mixed);
            return;
        }

        Tensor k = scope.Empty(n.Shape), v = scope.Empty(n.Shape);
        _self.Query.Run(backend, n, q);
        _self.Key.Run(backend, n, k);
        _self.Value.Run(backend, n, v);
        backend.RmsNorm(q, q, HeadNorm(_self.QueryNorm));
        backend.RmsNorm(k, k, HeadNorm(_self.KeyNorm));
        backend.Rope(q, rotary.Cos, rotary.Sin, q, RopeLayout.Interleaved);
        backend.Rope(k, rotary.Cos, rotary.Sin, k, RopeLayout.Interleaved);
        Attend(backend, q, k, v, mixed);
    }

    private void FeedForward(IBackend backend, TensorScope scope, Tensor n, Tensor x, Tensor gate, Tensor? groups)
    {
        var rows = x.Shape[0];
        using var hidden = scope.Empty([Math.Min(rows, FeedForwardRows), 4 * _config.Width]);
        for (long first = 0; first < rows; first += FeedForwardRows)
        {
            var count = Math.Min(FeedForwardRows, rows - first);
            Tensor part = x.Slice(0, first, count), wide = hidden.Slice(0, 0, count);
            _up.Run(backend, n.Slice(0, first, count), wide, new Epilogue { Activation = Activation.GeluTanh });
            _down.Run(backend, wide, part, new Epilogue { Gate = gate, GateGroups = groups?.Slice(0, first, count), Residual = part });
        }
    }

    private void Attend(IBackend backend, Tensor q, Tensor k, Tensor v, Tensor output) => backend.Attention(Split(q), Split(k), Split(v), Split(output));

    // [tokens, width] as [1, heads, tokens, head size].
    private Tensor Split(Tensor tensor) => tensor.Reshape([1, tensor.Shape[0], _config.Heads, _config.HeadSize]).Permute(0, 2, 1, 3);

    private static NormOptions HeadNorm(Tensor weight) => new() { Epsilon = HeadNormEpsilon, Weight = weight };

    private static Modulation Pick(Tensor modulation, int shift, int scale, Tensor? groups) =>
        new() { Shift = Row(modulation, shift), Scale = Row(modulation, scale), Groups = groups };

    private static Tensor Row(Tensor modulation, int row) => modulation.Slice(0, row, 1).Reshape([modulation.Shape[1], modulation.Shape[2]]);

    private sealed class AttentionLayers(WeightReader reader, string name, int width, WeightFormat format)
    {
        public LinearLayer Query { get; } = reader.Linear($"{name}.to_q", width, width, format);

        public LinearLayer Key { get; } = reader.Linear($"{name}.to_k", width, width, format);

        public LinearLayer Value { get; } = reader.Linear($"{name}.to_v", width, width, format);

        public LinearLayer Output { get; } = reader.Linear($"{name}.to_out.0", width, width, format);

        // Over the whole width, before the heads are split.
        public Tensor QueryNorm { get; } = reader.Vector($"{name}.q_norm.weight", [width], WeightKind.Norm);

        public Tensor KeyNorm { get; } = reader.Vector($"{name}.k_norm.weight", [width], WeightKind.Norm);
    }
}
