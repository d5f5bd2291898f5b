using System.Globalization;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.TextEncoders;

/// <summary>
/// The sizes of a T5 v1.1 encoder (<see href="https://arxiv.org/abs/1910.10683">T5</see>, gated GELU). All of them follow from the weights' shapes, so no
/// other file is needed.
/// </summary>
public sealed record T5Config
{
    /// <summary>Rows of the embedding table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the model.</summary>
    public required int Width { get; init; }

    /// <summary>Layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of a head; heads times this need not be <see cref="Width"/>.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width within the feed-forward part.</summary>
    public required int FeedForwardWidth { get; init; }

    /// <summary>Buckets of relative distances, for both directions together.</summary>
    public int Buckets { get; init; } = 32;

    /// <summary>Distances from here on share the last bucket.</summary>
    public int MaxDistance { get; init; } = 128;

    /// <summary>Epsilon of the norms.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>T5 v1.1 XXL: 4.8 · 10⁹ weights.</summary>
    public static T5Config Xxl { get; } = new()
    {
        VocabularySize = 32128,
        Width = 4096,
        Layers = 24,
        Heads = 64,
        HeadSize = 64,
        FeedForwardWidth = 10240,
    };

    /// <summary>A few thousand weights, to go with <see cref="Models.LtxVideo.LtxVideoConfig.Tiny"/> and a vocabulary of ASCII characters.</summary>
    public static T5Config Tiny { get; } = new()
    {
        VocabularySize = 128,
        Width = 32,
        Layers = 2,
        Heads = 4,
        HeadSize = 8,
        FeedForwardWidth = 64,
    };

    /// <summary>Reads the sizes off the weights.</summary>
    /// <exception cref="CheckpointException">The tensors are not those of a T5 v1.1 encoder.</exception>
    internal static T5Config FromWeights(ISafetensorsSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Entries.Keys.FirstOrDefault(name => name.EndsWith(".scale_weight", StringComparison.Ordinal)) is { } scaled)
            throw new CheckpointException($"The text encoder's weights are scaled 8-bit floats ('{scaled}'), which can't be read: take t5xxl_fp16.safetensors or the text_encoder folder.");
        var table = ShapeOf(source, T5Encoder.FindTable(source), 2);
        var bias = ShapeOf(source, "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", 2);
        var query = ShapeOf(source, "encoder.block.0.layer.0.SelfAttention.q.weight", 2);
        var gate = ShapeOf(source, "encoder.block.0.layer.1.DenseReluDense.wi_0.weight", 2);
        if (bias[1] < 1 || query[0] % bias[1] != 0 || bias[0] < 4)
            throw new CheckpointException($"The relative bias {bias} does not fit the queries {query}.");
        return new T5Config
        {
            VocabularySize = (int)table[0],
            Width = (int)table[1],
            Layers = CountLayers(source),
            Heads = (int)bias[1],
            HeadSize = (int)(query[0] / bias[1]),
            FeedForwardWidth = (int)gate[0],
            Buckets = (int)bias[0],
        };
    }

    private static Shape ShapeOf(ISafetensorsSource source, string name, int rank)
    {
        var entry = source.Entries.GetValueOrDefault(name)
            ?? throw new CheckpointException($"This is not a T5 v1.1 encoder: there is no tensor '{name}'. Use text_encoder of the model's repository, or t5xxl_fp16.safetensors.");
        return entry.Shape.Rank == rank ? entry.Shape : throw new CheckpointException($"'{name}' should have {rank} axes and is {entry.Shape}.");
    }

    private static int CountLayers(ISafetensorsSource source)
    {
        const string Prefix = "encoder.block.";
        var layers = source.Entries.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..].Split('.')[0])
            .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : -1);
        return layers.Max() + 1;
    }
}
