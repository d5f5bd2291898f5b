using Kinora.Diffusion.Weights;
using Kinora.Diffusion.Weights.Catalog;
using Kinora.Diffusion.Weights.Download;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Where the files of an installed model are. Finding them reads nothing but manifests and names.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="CheckpointPath">An official single file, or a diffusers folder.</param>
/// <param name="TextEncoderPath">The text encoder: a <c>.safetensors</c> file, or the index of one in shards.</param>
/// <param name="VocabularyPath">Its <c>spiece.model</c>.</param>
public sealed record LtxVideoFiles(string Model, string CheckpointPath, string TextEncoderPath, string VocabularyPath)
{
    /// <summary>The model that is taken when none is named.</summary>
    public const string DefaultModel = "ltxv-2b-0.9.8-distilled";

    /// <summary>The text encoder that the published models share; a model with a <c>text_encoder</c> folder of its own uses that.</summary>
    public const string SharedTextEncoder = "t5-v1_1-xxl";

    /// <summary>Finds a model.</summary>
    /// <param name="folder">The installed models.</param>
    /// <param name="model">Its name.</param>
    /// <exception cref="CheckpointException">It or its text encoder is not installed, or not whole; the message names the command that gets it.</exception>
    public static LtxVideoFiles Find(ModelFolder folder, string model)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(model);
        Require(folder, model);
        var own = folder.PathOf(model);
        if (!Directory.Exists(Path.Combine(own, "text_encoder")))
            Require(folder, SharedTextEncoder);
        var text = Directory.Exists(Path.Combine(own, "text_encoder")) ? own : folder.PathOf(SharedTextEncoder);
        return new LtxVideoFiles(model, CheckpointIn(own, model), WeightsIn(Path.Combine(text, "text_encoder")), Existing(Path.Combine(text, "tokenizer", "spiece.model")));
    }

    /// <summary>Opens the checkpoint and checks its structure.</summary>
    /// <exception cref="CheckpointException">It can't be used.</exception>
    public LtxVideoCheckpoint OpenCheckpoint() =>
        Directory.Exists(CheckpointPath) ? LtxVideoCheckpoint.OpenFolder(CheckpointPath) : LtxVideoCheckpoint.OpenFile(CheckpointPath);

    private static void Require(ModelFolder folder, string name)
    {
        if (folder.Find(name) is not null)
            return;
        var how = ModelCatalog.Find(name) is null
            ? $"No model of that name can be pulled either; `kinora models list` shows those that can, and what is in {folder.Root}."
            : $"Get it with: kinora models pull {name}";
        throw new CheckpointException($"The model {name} is not installed in {folder.Root}, or not all of it. {how}");
    }

    private static string CheckpointIn(string folder, string model)
    {
        if (Directory.Exists(Path.Combine(folder, "transformer")))
            return folder;
        var files = Directory.GetFiles(folder, "*.safetensors");
        return files.Length == 1 ? files[0]
            : throw new CheckpointException($"{folder} holds {files.Length} .safetensors files; {model} should be one of them, or a transformer/ and a vae/ folder.");
    }

    private static string WeightsIn(string folder)
    {
        var indices = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors.index.json") : [];
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors") : [];
        return indices.Length == 1 ? indices[0]
            : files.Length == 1 ? files[0]
            : throw new CheckpointException($"{folder} should hold one .safetensors file, or shards with one index; it holds {files.Length} and {indices.Length} indices.");
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new CheckpointException($"The vocabulary {path} is missing. Pull the text encoder again.");
}
