using System.Text.Json;
using Kinora.Diffusion.Weights;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>The structure of an LTX-Video 0.9.5-0.9.8 autoencoder. The defaults are the published one.</summary>
public sealed record LtxVideoAutoencoderConfig
{
    private const string OlderVersion = "It is the autoencoder of LTX-Video 0.9.0 or 0.9.1, which this version can't run; 0.9.5 and later can be run: pull ltxv-2b-0.9.8-distilled.";

    /// <summary>Channels of the latents.</summary>
    public int LatentChannels { get; init; } = 128;

    /// <summary>Pixels of a patch's side.</summary>
    public int PatchSize { get; init; } = 4;

    /// <summary>The encoder's blocks, from pixels to latents.</summary>
    public IReadOnlyList<AutoencoderBlock> Encoder { get; init; } =
        EncoderOf(128, [("res", 4, 1), ("space", 0, 2), ("res", 6, 1), ("time", 0, 2), ("res", 6, 1), ("all", 0, 2), ("res", 2, 1), ("all", 0, 2), ("res", 2, 1)]);

    /// <summary>The decoder's blocks, from latents to pixels.</summary>
    public IReadOnlyList<AutoencoderBlock> Decoder { get; init; } =
        DecoderOf(1024, [(5, 1, true), (0, 2, true), (5, 1, true), (0, 2, true), (5, 1, true), (0, 2, true), (5, 1, true)]);

    /// <summary>Whether the decoder is told how noisy its latents are.</summary>
    public bool HasTimestep { get; init; } = true;

    /// <summary>Whether the decoder looks backwards in time only.</summary>
    public bool IsDecoderCausal { get; init; }

    /// <summary>What lies beyond the picture.</summary>
    internal PaddingMode SpacePadding { get; init; } = PaddingMode.Zero;

    /// <summary>The published autoencoder.</summary>
    public static LtxVideoAutoencoderConfig Published { get; } = new();

    /// <summary>Reads the <c>vae</c> part of an official file's metadata, or a diffusers <c>config.json</c>.</summary>
    /// <exception cref="CheckpointException">Values are missing, out of range, or those of another version or family.</exception>
    public static LtxVideoAutoencoderConfig Parse(JsonElement json)
    {
        var reader = new ConfigReader("autoencoder", json);
        var config = reader.Has("encoder_blocks") || reader.Has("decoder_blocks") ? ParseOfficial(reader) : ParseDiffusers(reader);
        config.Check();
        return config;
    }

    private static LtxVideoAutoencoderConfig ParseOfficial(ConfigReader reader)
    {
        reader.Expect("norm_layer", "pixel_norm");
        reader.Expect("latent_log_var", "uniform");
        reader.Expect("_class_name", "CausalVideoAutoencoder");
        if (reader.Integer("dims", 1, 3, 3) != 3 || reader.Flag("use_quant_conv", false))
            throw new CheckpointException("The autoencoder is not three-dimensional, or has a quantising convolution: it is not one of LTX-Video 0.9.5-0.9.8.");
        var encoder = reader.List("encoder_blocks", ReadBlock) ?? throw new CheckpointException("The configuration of the autoencoder has no 'encoder_blocks'.");
        var decoder = reader.List("decoder_blocks", ReadBlock) ?? throw new CheckpointException("The configuration of the autoencoder has no 'decoder_blocks'.");
        var widest = reader.Integer("decoder_base_channels", 1, 4096, 128);
        foreach (var block in decoder.Where(block => block.Kind != "res_x"))
            widest = checked(widest * block.Multiplier);
        return new LtxVideoAutoencoderConfig
        {
            LatentChannels = reader.Integer("latent_channels", 1, 4096),
            PatchSize = reader.Integer("patch_size", 1, 64),
            Encoder = EncoderOf(reader.Integer("encoder_base_channels", 1, 4096, 128), [.. encoder.Select(EncoderStep)]),
            Decoder = DecoderOf(widest, [.. decoder.Reverse().Select(DecoderStep)]),
            HasTimestep = reader.Flag("timestep_conditioning", false),
            IsDecoderCausal = reader.Flag("causal_decoder", false),
            SpacePadding = reader.Text("spatial_padding_mode") switch
            {
                null or "zeros" => PaddingMode.Zero,
                "reflect" => PaddingMode.Reflect,
                "replicate" => PaddingMode.Replicate,
                _ => throw reader.Wrong("spatial_padding_mode", "zeros, reflect or replicate"),
            },
        };
    }

    private static LtxVideoAutoencoderConfig ParseDiffusers(ConfigReader reader)
    {
        var types = reader.List("down_block_types", item => item.ValueKind == JsonValueKind.String ? item.GetString() : null) ?? [];
        if (types.Count == 0 || types.Any(type => type != "LTXVideo095DownBlock3D"))
            throw new CheckpointException(OlderVersion);
        if (reader.Integer("patch_size_t", 1, 64, 1) != 1 || !reader.Flag("encoder_causal", true))
            throw new CheckpointException("The autoencoder has patches in time or an encoder that looks ahead: it is not one of LTX-Video 0.9.5-0.9.8.");
        var channels = Need(reader, "block_out_channels", 1, 1 << 16, types.Count + 1);
        var layers = Need(reader, "layers_per_block", 1, 256, types.Count + 1);
        var downs = reader.List("downsample_type", item => item.ValueKind == JsonValueKind.String ? item.GetString() : null) ?? [];
        if (downs.Count != types.Count)
            throw reader.Wrong("downsample_type", $"{types.Count} items");
        var encoder = new List<(string, int, int)> { ("res", layers[0], 1) };
        for (var i = 0; i < types.Count; i++)
        {
            if (channels[i + 1] % channels[i] != 0)
                throw reader.Wrong("block_out_channels", "numbers of which each is a multiple of the one before");
            var kind = downs[i] switch { "spatial" => "space", "temporal" => "time", "spatiotemporal" => "all", _ => throw new CheckpointException(OlderVersion) };
            encoder.AddRange([(kind, 0, channels[i + 1] / channels[i]), ("res", layers[i + 1], 1)]);
        }

        return new LtxVideoAutoencoderConfig
        {
            LatentChannels = reader.Integer("latent_channels", 1, 4096),
            PatchSize = reader.Integer("patch_size", 1, 64),
            Encoder = EncoderOf(channels[0], encoder),
            Decoder = DiffusersDecoder(reader),
            HasTimestep = reader.Flag("timestep_conditioning", false),
            IsDecoderCausal = reader.Flag("decoder_causal", false),
        };
    }

    private static List<AutoencoderBlock> DiffusersDecoder(ConfigReader reader)
    {
        var channels = reader.Integers("decoder_block_out_channels", 1, 1 << 16) ?? [];
        var layers = Need(reader, "decoder_layers_per_block", 1, 256, channels.Count + 1).Reverse().ToArray();
        var factors = Need(reader, "upsample_factor", 1, 8, channels.Count);
        var skips = reader.List("upsample_residual", item => (bool?)(item.ValueKind == JsonValueKind.True)) ?? [];
        var noise = reader.List("decoder_inject_noise", item => (bool?)(item.ValueKind == JsonValueKind.True)) ?? [];
        var scaling = reader.List("decoder_spatio_temporal_scaling", item => (bool?)(item.ValueKind == JsonValueKind.True)) ?? [];
        if (channels.Count == 0 || noise.Contains(true) || skips.Count != channels.Count || scaling.Count != channels.Count || scaling.Contains(false))
            throw new CheckpointException(OlderVersion);
        var steps = new List<(int, int, bool)> { (layers[0], 1, true) };
        var current = channels[^1];
        for (var i = 0; i < channels.Count; i++)
        {
            if (channels[^(i + 1)] != current || current % factors[i] != 0)
                throw new CheckpointException(OlderVersion);
            current /= factors[i];
            steps.AddRange([(0, factors[i], skips[i] ?? false), (layers[i + 1], 1, true)]);
        }

        return DecoderOf(channels[^1], steps);
    }

    private static List<AutoencoderBlock> EncoderOf(int channels, IReadOnlyList<(string Kind, int Layers, int Multiplier)> steps)
    {
        var blocks = new List<AutoencoderBlock>();
        foreach (var (kind, layers, multiplier) in steps)
        {
            var (time, space) = kind switch { "space" => (1, 2), "time" => (2, 1), "all" => (2, 2), _ => (1, 1) };
            blocks.Add(new AutoencoderBlock(channels, channels * multiplier, layers, time, space));
            channels *= multiplier;
        }

        return blocks;
    }

    private static List<AutoencoderBlock> DecoderOf(int channels, IReadOnlyList<(int Layers, int Divisor, bool HasSkip)> steps)
    {
        var blocks = new List<AutoencoderBlock>();
        foreach (var (layers, divisor, hasSkip) in steps)
        {
            var change = layers > 0 ? 1 : 2;
            blocks.Add(new AutoencoderBlock(channels, channels / divisor, layers, change, change, hasSkip));
            channels /= divisor;
        }

        return blocks;
    }

    private static IReadOnlyList<int> Need(ConfigReader reader, string name, int least, int most, int count) =>
        reader.Integers(name, least, most) is { } list && list.Count == count ? list : throw reader.Wrong(name, $"{count} whole numbers from {least} to {most}");

    private static OfficialBlock? ReadBlock(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2 || item[0].ValueKind != JsonValueKind.String)
            return null;

        // Parameters are an object, or for residual layers just their number.
        if (item[1].ValueKind == JsonValueKind.Number)
            return item[1].TryGetInt32(out var count) && count is > 0 and <= 256 ? new OfficialBlock(item[0].GetString()!, count, 1, false) : null;
        var reader = new ConfigReader("autoencoder's block", item[1]);
        if (reader.Flag("inject_noise", false))
            throw new CheckpointException(OlderVersion);
        return new OfficialBlock(item[0].GetString()!, reader.Integer("num_layers", 1, 256, 1), reader.Integer("multiplier", 1, 8, 1), reader.Flag("residual", false));
    }

    private static (string Kind, int Layers, int Multiplier) EncoderStep(OfficialBlock block) => block.Kind switch
    {
        "res_x" => ("res", block.Layers, 1),
        "compress_space_res" => ("space", 0, block.Multiplier),
        "compress_time_res" => ("time", 0, block.Multiplier),
        "compress_all_res" => ("all", 0, block.Multiplier),
        _ => throw new CheckpointException($"The encoder has a block '{block.Kind}'. {OlderVersion}"),
    };

    private static (int Layers, int Divisor, bool HasSkip) DecoderStep(OfficialBlock block) => block.Kind switch
    {
        "res_x" => (block.Layers, 1, true),
        "compress_all" => (0, block.Multiplier, block.HasSkip),
        _ => throw new CheckpointException($"The decoder has a block '{block.Kind}'. {OlderVersion}"),
    };

    // The pipelines count on 32 pixels and 8 frames per latent.
    private void Check()
    {
        var (down, up) = (Factors(Encoder), Factors(Decoder));
        if (down != (LatentGrid.FramesPerLatent, LatentGrid.PixelsPerCell) || up != down)
            throw new CheckpointException($"The autoencoder shrinks time by {down.Time} and grows it by {up.Time}, and sides by {down.Space} and {up.Space}; LTX-Video has 8 and 32.");
        foreach (var block in Encoder.Concat(Decoder).Where(block => !block.IsResidual))
        {
            // Down: channels in times volume are averaged in groups. Up: the input's channels are repeated.
            if (block.OutputChannels < 1 || Math.Max(block.Channels, block.OutputChannels) % Math.Min(block.Channels, block.OutputChannels) != 0
                || (block.Channels * block.Volume) % block.OutputChannels != 0 || (block.OutputChannels * block.Volume) % block.Channels != 0
                || (block.OutputChannels >= block.Channels && block.OutputChannels % block.Volume != 0))
                throw new CheckpointException($"The autoencoder can't change {block.Channels} channels to {block.OutputChannels} with blocks of {block.Volume} positions.");
        }
    }

    private (int Time, int Space) Factors(IEnumerable<AutoencoderBlock> blocks)
    {
        var (time, space) = (1, PatchSize);
        foreach (var block in blocks)
            (time, space) = (time * block.Time, space * block.Space);
        return (time, space);
    }

    private sealed record OfficialBlock(string Kind, int Layers, int Multiplier, bool HasSkip);
}
