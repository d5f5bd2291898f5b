using System.Text.Json;
using Kinora.Diffusion.Weights;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>What a checkpoint says about itself.</summary>
public sealed record LtxVideoConfig
{
    /// <summary>The transformer.</summary>
    public LtxVideoTransformerConfig Transformer { get; init; } = LtxVideoTransformerConfig.TwoBillion;

    /// <summary>The autoencoder.</summary>
    public LtxVideoAutoencoderConfig Autoencoder { get; init; } = LtxVideoAutoencoderConfig.Published;

    /// <summary>The noise levels that a distilled model was trained for; empty if the checkpoint names none.</summary>
    public IReadOnlyList<double> AllowedTimesteps { get; init; } = [];

    /// <summary>The 2B model of version 0.9.8, distilled.</summary>
    public static LtxVideoConfig TwoBillion { get; } = new();

    /// <summary>The 13B model of version 0.9.8.</summary>
    public static LtxVideoConfig ThirteenBillion { get; } = new() { Transformer = LtxVideoTransformerConfig.ThirteenBillion };

    /// <summary>A model of a few thousand weights, for tests of everything around it.</summary>
    public static LtxVideoConfig Tiny { get; } = new()
    {
        Transformer = new LtxVideoTransformerConfig { Layers = 2, Heads = 4, HeadSize = 16, Channels = 8, CaptionWidth = 32 },
        Autoencoder = new LtxVideoAutoencoderConfig
        {
            LatentChannels = 8,
            Encoder = [new(4, 4, 1), new(4, 8, 0, 1, 2), new(8, 8, 1), new(8, 16, 0, 2, 1), new(16, 16, 1), new(16, 32, 0, 2, 2), new(32, 32, 1), new(32, 64, 0, 2, 2), new(64, 64, 1)],
            Decoder = [new(32, 32, 1), new(32, 16, 0, 2, 2), new(16, 16, 1), new(16, 8, 0, 2, 2), new(8, 8, 1), new(8, 4, 0, 2, 2), new(4, 4, 1)],
        },
    };

    /// <summary>Reads the <c>config</c> of an official single file's metadata.</summary>
    /// <exception cref="CheckpointException">It is not that of an LTX-Video 0.9.5-0.9.8 model.</exception>
    public static LtxVideoConfig ParseMetadata(string text)
    {
        var json = ConfigReader.Parse("checkpoint", text);
        var reader = new ConfigReader("checkpoint", json);
        if (!reader.Has("transformer") || !reader.Has("vae"))
            throw new CheckpointException("The checkpoint's configuration has no 'transformer' and 'vae': it is not a whole LTX-Video model, but perhaps an adapter or an upscaler.");
        return Checked(new LtxVideoConfig
        {
            Transformer = LtxVideoTransformerConfig.Parse(json.GetProperty("transformer"), hasCausalTimes: false),
            Autoencoder = LtxVideoAutoencoderConfig.Parse(json.GetProperty("vae")),
            AllowedTimesteps = reader.List("allowed_inference_steps", item => item.ValueKind == JsonValueKind.Number ? (double?)item.GetDouble() : null)?.Select(value => value!.Value).ToArray() ?? [],
        });
    }

    /// <summary>Reads the two <c>config.json</c> of a diffusers folder.</summary>
    /// <exception cref="CheckpointException">They are not those of an LTX-Video 0.9.5-0.9.8 model.</exception>
    public static LtxVideoConfig ParseDiffusers(string transformer, string autoencoder) => Checked(new LtxVideoConfig
    {
        Transformer = LtxVideoTransformerConfig.Parse(ConfigReader.Parse("transformer", transformer), hasCausalTimes: true),
        Autoencoder = LtxVideoAutoencoderConfig.Parse(ConfigReader.Parse("autoencoder", autoencoder)),
    });

    /// <summary>The <c>config</c> that <see cref="ParseMetadata"/> reads back to this.</summary>
    public string ToMetadata()
    {
        var (model, vae) = (Transformer, Autoencoder);
        object Down(AutoencoderBlock block) => block.IsResidual
            ? new object[] { "res_x", new { num_layers = block.Layers } }
            : new object[] { block.Time == 1 ? "compress_space_res" : block.Space == 1 ? "compress_time_res" : "compress_all_res", new { multiplier = block.OutputChannels / block.Channels } };
        object Up(AutoencoderBlock block) => block.IsResidual
            ? new object[] { "res_x", new { num_layers = block.Layers, inject_noise = false } }
            : new object[] { "compress_all", new { residual = block.HasSkip, multiplier = block.Channels / block.OutputChannels } };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["transformer"] = new
            {
                in_channels = model.Channels,
                out_channels = model.Channels,
                num_attention_heads = model.Heads,
                attention_head_dim = model.HeadSize,
                cross_attention_dim = model.Width,
                num_layers = model.Layers,
                caption_channels = model.CaptionWidth,
                activation_fn = "gelu-approximate",
                qk_norm = "rms_norm",
                attention_bias = true,
                norm_elementwise_affine = false,
                norm_eps = 1e-6,
                positional_embedding_theta = model.RotaryBase,
                positional_embedding_max_pos = new[] { model.MaxPosition.Seconds, model.MaxPosition.Rows, model.MaxPosition.Columns },
                timestep_scale_multiplier = 1000,
                causal_temporal_positioning = model.HasCausalTimes,
            },
            ["vae"] = new
            {
                _class_name = "CausalVideoAutoencoder",
                dims = 3,
                latent_channels = vae.LatentChannels,
                encoder_base_channels = vae.Encoder[0].Channels,
                decoder_base_channels = vae.Decoder[^1].OutputChannels,
                encoder_blocks = vae.Encoder.Select(Down).ToArray(),
                decoder_blocks = vae.Decoder.Reverse().Select(Up).ToArray(),
                norm_layer = "pixel_norm",
                patch_size = vae.PatchSize,
                latent_log_var = "uniform",
                use_quant_conv = false,
                causal_decoder = vae.IsDecoderCausal,
                timestep_conditioning = vae.HasTimestep,
                spatial_padding_mode = vae.SpacePadding switch { Tensors.Backends.PaddingMode.Reflect => "reflect", Tensors.Backends.PaddingMode.Replicate => "replicate", _ => "zeros" },
            },
            ["scheduler"] = new { _class_name = "RectifiedFlowScheduler", sampler = "Uniform" },
            ["allowed_inference_steps"] = AllowedTimesteps,
        });
    }

    private static LtxVideoConfig Checked(LtxVideoConfig config) => config.Transformer.Channels == config.Autoencoder.LatentChannels ? config
        : throw new CheckpointException($"The transformer works on {config.Transformer.Channels} channels and the autoencoder makes {config.Autoencoder.LatentChannels}: they do not belong together.");
}
