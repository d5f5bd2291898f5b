using System.Text.Json;
using Kinora.Diffusion.Weights;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>The structure of a latent upsampler. The defaults are the published spatial one.</summary>
public sealed record LatentUpsamplerConfig
{
    /// <summary>Channels of the latents.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>Channels within; a multiple of 32.</summary>
    public int MiddleChannels { get; init; } = 512;

    /// <summary>Residual layers before and after the change of size.</summary>
    public int BlocksPerStage { get; init; } = 4;

    /// <summary>Whether sides are doubled.</summary>
    public bool IsSpatial { get; init; } = true;

    /// <summary>Whether time is doubled: f latent frames become 2f - 1.</summary>
    public bool IsTemporal { get; init; }

    /// <summary>The <c>config</c> that <see cref="Parse"/> reads back to this.</summary>
    public string ToMetadata() => JsonSerializer.Serialize(new
    {
        in_channels = Channels,
        mid_channels = MiddleChannels,
        num_blocks_per_stage = BlocksPerStage,
        dims = 3,
        spatial_upsample = IsSpatial,
        temporal_upsample = IsTemporal,
    });

    /// <summary>Reads the <c>config</c> of an upsampler's metadata, or a diffusers <c>config.json</c>.</summary>
    /// <exception cref="CheckpointException">Values are missing or out of range.</exception>
    public static LatentUpsamplerConfig Parse(JsonElement json)
    {
        var reader = new ConfigReader("latent upsampler", json);
        if (reader.Integer("dims", 1, 3, 3) != 3 || reader.Flag("rational_resampler", false) || reader.Number("spatial_scale", 0, 16, 2) is not 2)
            throw new CheckpointException("This latent upsampler does not double (dims 3): it is not one of LTX-Video 0.9.7 or 0.9.8.");
        var config = new LatentUpsamplerConfig
        {
            Channels = reader.Integer("in_channels", 1, 4096, 128),
            MiddleChannels = reader.Integer("mid_channels", 32, 1 << 14, 512),
            BlocksPerStage = reader.Integer("num_blocks_per_stage", 1, 64, 4),
            IsSpatial = reader.Flag("spatial_upsample", true),
            IsTemporal = reader.Flag("temporal_upsample", false),
        };
        if (config.MiddleChannels % 32 != 0)
            throw reader.Wrong("mid_channels", "a multiple of 32");
        return config.IsSpatial || config.IsTemporal ? config : throw reader.Wrong("spatial_upsample", "true unless temporal_upsample is");
    }
}
