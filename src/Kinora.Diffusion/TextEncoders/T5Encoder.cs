using Kinora.Diffusion.Layers;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.TextEncoders;

/// <summary>
/// The encoder of T5 v1.1 (<see href="https://arxiv.org/abs/1910.10683">T5</see>, <see href="https://arxiv.org/abs/2002.05202">gated GELU</see>). Padding
/// is not computed at all: it is masked as a key everywhere, so leaving it out gives the same numbers. Activations are 32-bit floats, which the
/// feed-forward part needs.
/// </summary>
internal sealed class T5Encoder : IDisposable
{
    // The embedding table has two names; files carry one or both.
    private const string SharedTable = "shared.weight";
    private const string OwnTable = "encoder.embed_tokens.weight";

    private readonly IBackend _backend;
    private readonly TensorScope _weights;
    private readonly Tensor _table;
    private readonly Tensor _bias;
    private readonly Tensor _finalNorm;
    private readonly Block[] _blocks;

    private T5Encoder(IBackend backend, TensorScope weights, T5Config config, WeightReader reader, WeightFormat format)
    {
        (_backend, _weights, Config) = (backend, weights, config);
        _table = reader.Table(reader.Has(SharedTable) ? SharedTable : OwnTable, [config.VocabularySize, config.Width]);
        _bias = reader.Vector("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", [config.Buckets, config.Heads]);
        _finalNorm = reader.Vector("encoder.final_layer_norm.weight", [config.Width], WeightKind.Norm);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(layer => new Block(config, reader.Under($"encoder.block.{layer}."), format))];
    }

    /// <summary>The sizes.</summary>
    public T5Config Config { get; }

    /// <summary>Reads an encoder; its sizes follow from the weights.</summary>
    /// <param name="backend">Where it computes; must outlive the encoder.</param>
    /// <param name="source">Weights under the names of the reference (<c>encoder.block.0…</c>, <c>shared.weight</c>); needed only during the call.</param>
    /// <param name="format">How the linear layers are kept; <see cref="WeightFormat.Int8"/> halves the memory of the usual
    /// <see cref="WeightFormat.BFloat16"/>.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    /// <exception cref="CheckpointException">Weights are missing, misshapen or not finite.</exception>
    /// <exception cref="TensorOutOfMemoryException">They do not fit.</exception>
    public static T5Encoder Load(IBackend backend, ISafetensorsSource source, WeightFormat format, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(backend);
        var config = T5Config.FromWeights(source);
        WeightCheck.Run("text encoder", source, Needs(config, FindTable(source)), allowsFloat8: true);
        var weights = new TensorScope(backend.Memory);
        try
        {
            var encoder = new T5Encoder(backend, weights, config, new WeightReader(backend, source, weights, cancellation), format);

            // What loading held in passing is given back: it is of sizes that computing does not use.
            backend.Memory.Trim();
            return encoder;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Encodes token ids.</summary>
    /// <param name="ids">1 or more ids below the vocabulary's size, the end mark included, without padding.</param>
    /// <param name="cancellation">Checked before every layer.</param>
    /// <exception cref="DiffusionException">There are no ids, or one is not in the vocabulary.</exception>
    public TextEmbedding Encode(ReadOnlySpan<int> ids, CancellationToken cancellation = default)
    {
        if (ids.Length == 0 || ids.ContainsAnyExceptInRange(0, Config.VocabularySize - 1))
            throw new DiffusionException($"Expected one or more token ids from 0 to {Config.VocabularySize - 1}, got [{string.Join(", ", ids.ToArray().Take(16))}].");
        using var scope = new TensorScope(_backend.Memory);
        var x = scope.Empty([ids.Length, Config.Width]);
        _backend.Gather(_table, scope.From(ids, [ids.Length]), x);
        var distances = RelativeBias(scope, ids.Length);
        foreach (var block in _blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Run(_backend, Config, x, distances);
        }

        _backend.RmsNorm(x, x, new NormOptions { Epsilon = Config.Epsilon, Weight = _finalNorm });
        return new TextEmbedding(ids.Length, Config.Width, x.AsReadOnlySpan<float>().ToArray());
    }

    /// <summary>Frees the weights; the memory goes back to the system.</summary>
    public void Dispose()
    {
        _weights.Dispose();
        _backend.Memory.Trim();
    }

    /// <summary>The name of the embedding table, which has two.</summary>
    internal static string FindTable(ISafetensorsSource source) =>
        source.Entries.ContainsKey(SharedTable) ? SharedTable : OwnTable;

    /// <summary>The weights of an encoder.</summary>
    internal static IReadOnlyList<WeightNeed> Needs(T5Config config, string table = SharedTable) =>
        [.. WeightReader.Survey((scope, reader) => _ = new T5Encoder(null!, scope, config, reader, WeightFormat.Float32)).Select(need => need.Kind == WeightKind.Table ? need with { Name = table } : need)];

    /// <summary>
    /// The bucket of a distance: exact up to a quarter of the buckets, then logarithmic; the upper half is for keys behind the query.
    /// </summary>
    internal static int Bucket(int distance, int buckets, int maxDistance)
    {
        var half = buckets / 2;
        var exact = half / 2;
        var far = Math.Abs(distance);
        if (far >= exact)
        {
            // Single precision, as in the reference: at the buckets' edges the rounding decides.
            var share = MathF.Log((float)far / exact) / (float)Math.Log((double)maxDistance / exact) * (half - exact);
            far = Math.Min(exact + (int)share, half - 1);
        }

        return far + (distance > 0 ? half : 0);
    }

    // [1, heads, queries, keys], a view of [queries, keys, heads].
    private Tensor RelativeBias(TensorScope scope, int length)
    {
        var buckets = new int[length * length];
        for (var query = 0; query < length; query++)
            for (var key = 0; key < length; key++)
                buckets[(query * length) + key] = Bucket(key - query, Config.Buckets, Config.MaxDistance);
        var values = scope.Empty([length, length, Config.Heads]);
        _backend.Gather(_bias, scope.From<int>(buckets, [length, length]), values);
        return values.Permute(2, 0, 1).Reshape([1, Config.Heads, length, length]);
    }

    private sealed class Block
    {
        private readonly Tensor _attentionNorm;
        private readonly LinearLayer _query;
        private readonly LinearLayer _key;
        private readonly LinearLayer _value;
        private readonly LinearLayer _output;
        private readonly Tensor _feedForwardNorm;
        private readonly LinearLayer _gate;
        private readonly LinearLayer _up;
        private readonly LinearLayer _down;

        public Block(T5Config config, WeightReader reader, WeightFormat format)
        {
            var (width, inner, wide) = (config.Width, config.Heads * config.HeadSize, config.FeedForwardWidth);
            _attentionNorm = reader.Vector("layer.0.layer_norm.weight", [width], WeightKind.Norm);
            _query = reader.Linear("layer.0.SelfAttention.q", inner, width, format, hasBias: false);
            _key = reader.Linear("layer.0.SelfAttention.k", inner, width, format, hasBias: false);
            _value = reader.Linear("layer.0.SelfAttention.v", inner, width, format, hasBias: false);
            _output = reader.Linear("layer.0.SelfAttention.o", width, inner, format, hasBias: false);
            _feedForwardNorm = reader.Vector("layer.1.layer_norm.weight", [width], WeightKind.Norm);
            _gate = reader.Linear("layer.1.DenseReluDense.wi_0", wide, width, format, hasBias: false);
            _up = reader.Linear("layer.1.DenseReluDense.wi_1", wide, width, format, hasBias: false);
            _down = reader.Linear("layer.1.DenseReluDense.wo", width, wide, format, hasBias: false);
        }

        // x += attention(norm(x)); x += wo(gelu(wi_0 n) · (wi_1 n)) with n = norm(x).
        public void Run(IBackend backend, T5Config config, Tensor x, Tensor distances)
        {
            using var scope = new TensorScope(backend.Memory);
            var (length, inner) = (x.Shape[0], (long)config.Heads * config.HeadSize);
            var n = scope.Empty(x.Shape);
            backend.RmsNorm(x, n, new NormOptions { Epsilon = config.Epsilon, Weight = _attentionNorm });
            Tensor q = scope.Empty([length, inner]), k = scope.Empty([length, inner]), v = scope.Empty([length, inner]), mixed = scope.Empty([length, inner]);
            _query.Run(backend, n, q);
            _key.Run(backend, n, k);
            _value.Run(backend, n, v);
            backend.Attention(Heads(q), Heads(k), Heads(v), Heads(mixed), new AttentionOptions { Scale = 1, Bias = distances });
            _output.Run(backend, mixed, x, new Epilogue { Residual = x });

            backend.RmsNorm(x, n, new NormOptions { Epsilon = config.Epsilon, Weight = _feedForwardNorm });
            Tensor factor = scope.Empty([length, config.FeedForwardWidth]), hidden = scope.Empty([length, config.FeedForwardWidth]);
            _up.Run(backend, n, factor);
            _gate.Run(backend, n, hidden, new Epilogue { Activation = Activation.GeluTanh, Factor = factor });
            _down.Run(backend, hidden, x, new Epilogue { Residual = x });

            Tensor Heads(Tensor tensor) => tensor.Reshape([1, length, config.Heads, config.HeadSize]).Permute(0, 2, 1, 3);
        }
    }
}
