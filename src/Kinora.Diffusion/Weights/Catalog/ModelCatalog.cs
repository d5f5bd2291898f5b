namespace Kinora.Diffusion.Weights.Catalog;

/// <summary>The models that <c>kinora models</c> knows. To add one, add an entry to <see cref="Entries"/>.</summary>
public static class ModelCatalog
{
    private static readonly Licence s_ltxv = new(
        "LTXV Open Weights License",
        "Free of charge for organisations below 10 million USD of annual revenue, with limits on use.",
        "LTX-Video-Open-Weights-License-0.X.txt",
        new Uri("https://huggingface.co/Lightricks/LTX-Video/blob/main/LTX-Video-Open-Weights-License-0.X.txt"));

    private static readonly Licence s_apache = new(
        "Apache License 2.0",
        "Free to use, change and pass on with its notice.",
        Path: null,
        new Uri("https://www.apache.org/licenses/LICENSE-2.0"));

    /// <summary>All of them, the recommended one first.</summary>
    public static IReadOnlyList<ModelEntry> Entries { get; } =
    [
        Official("ltxv-2b-0.9.8-distilled", "LTX-Video 2B 0.9.8, distilled: 8 steps, the one to start with", 6_340_000_000),
        Official("ltxv-13b-0.9.8-distilled", "LTX-Video 13B 0.9.8, distilled: 8 steps, better and six times slower", 28_600_000_000),
        Official("ltxv-13b-0.9.8-dev", "LTX-Video 13B 0.9.8, not distilled: 30 guided steps, the slowest", 28_600_000_000),
        Official("ltxv-2b-0.9.6-distilled-04-25", "LTX-Video 2B 0.9.6, distilled: the version before, 8 steps", 6_340_000_000),
        Official("ltxv-2b-0.9.6-dev-04-25", "LTX-Video 2B 0.9.6, not distilled: 40 guided steps, negative prompts", 6_340_000_000),
        Official("ltxv-spatial-upscaler-0.9.8", "Latent upsampler for two passes, beside one of the models above", 505_000_000, needs: []),
        new ModelEntry
        {
            Name = "t5-v1_1-xxl",
            Title = "T5 v1.1 XXL text encoder, which every LTX-Video model needs",
            Repository = "PixArt-alpha/PixArt-XL-2-1024-MS",
            Files = ["text_encoder/config.json", "text_encoder/*.safetensors", "text_encoder/*.index.json", "tokenizer/spiece.model"],
            ApproximateBytes = 19_000_000_000,
            Licence = s_apache,
        },
    ];

    /// <summary>The entry of that name, or null.</summary>
    public static ModelEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    private static ModelEntry Official(string name, string title, long bytes, IReadOnlyList<string>? needs = null) => new()
    {
        Name = name,
        Title = title,
        Repository = "Lightricks/LTX-Video",
        Files = [name + ".safetensors"],
        ApproximateBytes = bytes,
        Licence = s_ltxv,
        Needs = needs ?? ["t5-v1_1-xxl"],
    };
}
