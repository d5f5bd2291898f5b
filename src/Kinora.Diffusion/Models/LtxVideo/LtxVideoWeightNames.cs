using System.Globalization;
using System.Text.RegularExpressions;
using Kinora.Diffusion.Weights;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// The names of the weights. The code speaks those of the official single files, without their prefixes; those of diffusers folders are translated.
/// </summary>
internal static partial class LtxVideoWeightNames
{
    private const string OfficialTransformer = "model.diffusion_model.";
    private const string OfficialAutoencoder = "vae.";

    /// <summary>The transformer's weights in any checkpoint that has them.</summary>
    /// <exception cref="CheckpointException">There is no LTX-Video transformer.</exception>
    public static ISafetensorsSource Transformer(ISafetensorsSource source)
    {
        if (source.Entries.Keys.Any(name => name.StartsWith(OfficialTransformer, StringComparison.Ordinal)))
            return new SafetensorsScope(source, OfficialTransformer);
        if (source.Entries.ContainsKey("patchify_proj.weight"))
            return source;
        if (source.Entries.ContainsKey("proj_in.weight") && source.Entries.Keys.Any(name => name.StartsWith("time_embed.", StringComparison.Ordinal)))
            return new RenamedSource(source, TransformerName);
        throw new CheckpointException("There is no LTX-Video transformer in this checkpoint: neither 'model.diffusion_model.patchify_proj.weight' nor 'proj_in.weight' with 'time_embed…'.");
    }

    /// <summary>The autoencoder's weights in any checkpoint that has them.</summary>
    /// <exception cref="CheckpointException">There is no LTX-Video autoencoder.</exception>
    public static ISafetensorsSource Autoencoder(ISafetensorsSource source)
    {
        if (source.Entries.Keys.Any(name => name.StartsWith(OfficialAutoencoder, StringComparison.Ordinal)))
            source = new SafetensorsScope(source, OfficialAutoencoder);
        if (!source.Entries.Keys.Any(name => name.StartsWith("encoder.conv_in.", StringComparison.Ordinal)) || !source.Entries.Keys.Any(name => name.StartsWith("decoder.conv_in.", StringComparison.Ordinal)))
            throw new CheckpointException("There is no LTX-Video autoencoder in this checkpoint: no 'vae.encoder.conv_in…' and 'vae.decoder.conv_in…'.");
        if (!source.Entries.ContainsKey("latents_mean"))
            return source;
        var downs = source.Entries.Keys.Select(name => DownBlock().Match(name)).Where(match => match.Success).Select(match => Number(match) + 1).DefaultIfEmpty(0).Max();
        return new RenamedSource(source, name => AutoencoderName(name, downs));
    }

    /// <summary>The official name of a diffusers transformer weight.</summary>
    public static string TransformerName(string name)
    {
        if (name.StartsWith("proj_in.", StringComparison.Ordinal))
            return "patchify_proj." + name["proj_in.".Length..];
        if (name.StartsWith("time_embed.", StringComparison.Ordinal))
            return "adaln_single." + name["time_embed.".Length..];
        return name.Replace(".norm_q.", ".q_norm.", StringComparison.Ordinal).Replace(".norm_k.", ".k_norm.", StringComparison.Ordinal);
    }

    /// <summary>The official name of a diffusers autoencoder weight.</summary>
    /// <param name="name">The diffusers name.</param>
    /// <param name="downs">Down blocks of the encoder; its middle block comes after them.</param>
    public static string AutoencoderName(string name, int downs)
    {
        name = name switch
        {
            "latents_mean" => "per_channel_statistics.mean-of-means",
            "latents_std" => "per_channel_statistics.std-of-means",
            "decoder.scale_shift_table" => "decoder.last_scale_shift_table",
            _ => name,
        };
        if (name.StartsWith("decoder.time_embedder.", StringComparison.Ordinal))
            return "decoder.last_" + name["decoder.".Length..];
        name = Upsampler().Replace(name, match => $"decoder.up_blocks.{(2 * Number(match)) + 1}.");
        name = Downsampler().Replace(name, match => $"encoder.down_blocks.{(2 * Number(match)) + 1}.");
        name = UpResnets().Replace(name, match => $"decoder.up_blocks.{(2 * Number(match)) + 2}.{match.Groups[2].Value}");
        name = DownResnets().Replace(name, match => $"encoder.down_blocks.{2 * Number(match)}.resnets.");
        name = name.Replace("decoder.mid_block.", "decoder.up_blocks.0.", StringComparison.Ordinal);
        name = name.Replace("encoder.mid_block.", $"encoder.down_blocks.{2 * downs}.", StringComparison.Ordinal);
        return name.Replace(".resnets.", ".res_blocks.", StringComparison.Ordinal);
    }

    private static int Number(Match match) => int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1000) : 0;

    [GeneratedRegex(@"^encoder\.down_blocks\.(\d+)\.")]
    private static partial Regex DownBlock();

    [GeneratedRegex(@"^decoder\.up_blocks\.(\d+)\.upsamplers\.0\.")]
    private static partial Regex Upsampler();

    [GeneratedRegex(@"^encoder\.down_blocks\.(\d+)\.downsamplers\.0\.")]
    private static partial Regex Downsampler();

    [GeneratedRegex(@"^decoder\.up_blocks\.(\d+)\.(resnets|time_embedder)")]
    private static partial Regex UpResnets();

    [GeneratedRegex(@"^encoder\.down_blocks\.(\d+)\.resnets\.")]
    private static partial Regex DownResnets();
}
