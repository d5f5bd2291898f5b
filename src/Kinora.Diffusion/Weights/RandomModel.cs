using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Tokenizers;
using Kinora.Diffusion.Weights.Download;

namespace Kinora.Diffusion.Weights;

/// <summary>Writes a whole installed model of random weights: checkpoint, text encoder, vocabulary and manifest. What it generates is noise.</summary>
public static class RandomModel
{
    /// <summary>Writes it; what stood there under the name is replaced.</summary>
    /// <param name="folder">Where models are.</param>
    /// <param name="name">Its name.</param>
    /// <param name="model">Its sizes.</param>
    /// <param name="text">The text encoder's; its width is the model's caption width.</param>
    /// <param name="seed">The same seed gives the same files.</param>
    /// <param name="cancellationToken">Checked between the files.</param>
    /// <exception cref="DiffusionException">Sizes that do not belong together, or a disk that is too small.</exception>
    public static async Task<ModelManifest> WriteAsync(ModelFolder folder, string name, LtxVideoConfig model, T5Config text, ulong seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Width != model.Transformer.CaptionWidth)
            throw new DiffusionException($"The text encoder gives {text.Width} numbers a token, the model reads {model.Transformer.CaptionWidth}.");
        folder.Remove(name);
        var root = folder.PathOf(name);
        Directory.CreateDirectory(Path.Combine(root, "text_encoder"));
        Directory.CreateDirectory(Path.Combine(root, "tokenizer"));
        RandomCheckpoint.WriteLtxVideo(Path.Combine(root, name + ".safetensors"), model, seed);
        cancellationToken.ThrowIfCancellationRequested();
        RandomCheckpoint.WriteT5(Path.Combine(root, "text_encoder", "model.safetensors"), text, seed + 1);
        cancellationToken.ThrowIfCancellationRequested();
        await File.WriteAllBytesAsync(Path.Combine(root, "tokenizer", "spiece.model"), RandomVocabulary.Create(), cancellationToken);
        return await folder.AdoptAsync(name, "random", cancellationToken);
    }
}
