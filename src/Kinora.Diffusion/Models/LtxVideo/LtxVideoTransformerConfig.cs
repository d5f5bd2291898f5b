using System.Text.Json;
using Kinora.Diffusion.Weights;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>The sizes of an LTX-Video 0.9.x transformer. The defaults are the 2B model.</summary>
public sealed record LtxVideoTransformerConfig
{
    /// <summary>Blocks: 28 in the 2B model, 48 in the 13B model.</summary>
    public int Layers { get; init; } = 28;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 32;

    /// <summary>Width of a head, a multiple of 8: 64 in the 2B model, 128 in the 13B model.</summary>
    public int HeadSize { get; init; } = 64;

    /// <summary>Channels of the latents.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>Width of the text embeddings.</summary>
    public int CaptionWidth { get; init; } = 4096;

    /// <summary>Epsilon of the block and output norms.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>Base of the rotary frequencies.</summary>
    public double RotaryBase { get; init; } = 10000;

    /// <summary>What positions are divided by: seconds, rows and columns in pixels.</summary>
    public (int Seconds, int Rows, int Columns) MaxPosition { get; init; } = (20, 2048, 2048);

    /// <summary>True from version 0.9.5: the first latent frame stands for one video frame, and times are counted so.</summary>
    public bool HasCausalTimes { get; init; } = true;

    /// <summary>Width of the model.</summary>
    public int Width => Heads * HeadSize;

    /// <summary>The 2B model.</summary>
    public static LtxVideoTransformerConfig TwoBillion { get; } = new();

    /// <summary>The 13B model.</summary>
    public static LtxVideoTransformerConfig ThirteenBillion { get; } = new() { Layers = 48, HeadSize = 128 };

    /// <summary>Reads the <c>transformer</c> part of an official file's metadata, or a diffusers <c>config.json</c>.</summary>
    /// <param name="json">The object.</param>
    /// <param name="hasCausalTimes">What holds if the object does not say; official files say it, diffusers ones do not.</param>
    /// <exception cref="CheckpointException">Values are missing, out of range, or those of another family.</exception>
    public static LtxVideoTransformerConfig Parse(JsonElement json, bool hasCausalTimes)
    {
        var reader = new ConfigReader("transformer", json);
        if (reader.Has("audio_num_attention_heads") || reader.Has("audio_in_channels") || reader.Has("cross_attention_adaln"))
            throw new CheckpointException("This is an LTX-2 transformer (audio and video together). This engine runs LTX-Video 0.9.5 to 0.9.8: pull ltxv-2b-0.9.8-distilled.");
        reader.Expect("activation_fn", "gelu-approximate");
        reader.Expect("qk_norm", "rms_norm", "rms_norm_across_heads");
        reader.Expect("standardization_norm", "rms_norm");
        reader.Expect("adaptive_norm", "single_scale_shift");
        reader.Expect("positional_embedding_type", "rope");
        if (!reader.Flag("attention_bias", true) || !reader.Flag("attention_out_bias", true) || reader.Flag("norm_elementwise_affine", false))
            throw new CheckpointException("The transformer has attention without biases or norms with weights: it is not an LTX-Video 0.9.x model.");
        if (reader.Integer("patch_size", 1, 1024, 1) != 1 || reader.Integer("patch_size_t", 1, 1024, 1) != 1)
            throw new CheckpointException("The transformer cuts latents into patches; LTX-Video 0.9.x does not.");
        var positions = reader.Integers("positional_embedding_max_pos", 1, 1 << 20) ?? [20, 2048, 2048];
        var config = new LtxVideoTransformerConfig
        {
            Layers = reader.Integer("num_layers", 1, 512),
            Heads = reader.Integer("num_attention_heads", 1, 512),
            HeadSize = reader.Integer("attention_head_dim", 8, 512),
            Channels = reader.Integer("in_channels", 1, 4096),
            CaptionWidth = reader.Integer("caption_channels", 1, 1 << 16),
            Epsilon = (float)reader.Number("norm_eps", 0, 1, 1e-6),
            RotaryBase = reader.Number("positional_embedding_theta", 1, 1e9, 10000),
            MaxPosition = positions is [var t, var h, var w] ? (t, h, w) : throw reader.Wrong("positional_embedding_max_pos", "three numbers"),
            HasCausalTimes = reader.Flag("causal_temporal_positioning", hasCausalTimes),
        };
        config.Check(reader);
        return config;
    }

    private void Check(ConfigReader reader)
    {
        if (HeadSize % 8 != 0)
            throw reader.Wrong("attention_head_dim", "a multiple of 8");
        if (reader.Integer("out_channels", 1, 4096, Channels) != Channels)
            throw reader.Wrong("out_channels", $"in_channels ({Channels})");
        if (reader.Integer("cross_attention_dim", 1, 1 << 16, Width) != Width)
            throw reader.Wrong("cross_attention_dim", $"the model's width ({Width})");
        if (reader.Number("timestep_scale_multiplier", 0, 1e9, 1000) is not 1000)
            throw reader.Wrong("timestep_scale_multiplier", "1000");
    }
}
