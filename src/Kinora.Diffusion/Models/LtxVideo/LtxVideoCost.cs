namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How many floating point operations the parts of a film take; a multiply-add is two.</summary>
public static class LtxVideoCost
{
    /// <summary>One pass through the transformer.</summary>
    /// <param name="config">The model.</param>
    /// <param name="tokens">Latents of the clip, those of keyframes included.</param>
    /// <param name="textTokens">Tokens of the prompt.</param>
    public static double Transformer(LtxVideoTransformerConfig config, long tokens, long textTokens)
    {
        ArgumentNullException.ThrowIfNull(config);
        double width = config.Width, n = tokens;
        return (config.Layers * ((28 * width * width * n) + (4 * n * n * width) + (4 * n * textTokens * width))) + (4 * n * width * config.Channels);
    }

    /// <summary>Preparing a prompt.</summary>
    public static double Context(LtxVideoTransformerConfig config, long textTokens)
    {
        ArgumentNullException.ThrowIfNull(config);
        double width = config.Width;
        return textTokens * ((4 * width * width * config.Layers) + (2 * width * (config.CaptionWidth + width)));
    }

    /// <summary>Decoding a clip.</summary>
    /// <param name="config">The autoencoder.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="frames">Video frames, 8k + 1.</param>
    public static double Decoder(LtxVideoAutoencoderConfig config, int width, int height, int frames)
    {
        ArgumentNullException.ThrowIfNull(config);
        var grid = LatentGrid.Of(width, height, frames);
        double time = grid.Frames, positions = (double)grid.Rows * grid.Columns;
        var total = Convolution(config.LatentChannels, config.Decoder[0].Channels) * time * positions;
        foreach (var block in config.Decoder)
        {
            if (block.IsResidual)
                total += 2 * block.Layers * Convolution(block.Channels, block.Channels) * time * positions;
            else
            {
                total += Convolution(block.Channels, block.OutputChannels * block.Volume) * time * positions;
                (time, positions) = ((time * block.Time) - (block.Time - 1), positions * block.Space * block.Space);
            }
        }

        return total + (Convolution(config.Decoder[^1].OutputChannels, 3 * config.PatchSize * config.PatchSize) * time * positions);
    }

    /// <summary>Encoding a clip; as <see cref="Decoder"/>.</summary>
    public static double Encoder(LtxVideoAutoencoderConfig config, int width, int height, int frames)
    {
        ArgumentNullException.ThrowIfNull(config);
        double time = frames, positions = (double)width * height / config.PatchSize / config.PatchSize;
        var total = Convolution(3 * config.PatchSize * config.PatchSize, config.Encoder[0].Channels) * time * positions;
        foreach (var block in config.Encoder)
        {
            if (block.IsResidual)
                total += 2 * block.Layers * Convolution(block.Channels, block.Channels) * time * positions;
            else
            {
                total += Convolution(block.Channels, block.OutputChannels / block.Volume) * (time + block.Time - 1) * positions;
                (time, positions) = ((time + block.Time - 1) / block.Time, positions / block.Space / block.Space);
            }
        }

        return total + (Convolution(config.Encoder[^1].OutputChannels, config.LatentChannels + 1) * time * positions);
    }

    // A 3×3×3 kernel, per position.
    private static double Convolution(double inputs, double outputs) => 54 * inputs * outputs;
}
