using Kinora.Diffusion.Weights;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Tells files that are often taken for an LTX-Video model by their tensors' names.</summary>
internal static class ModelRecognition
{
    private static readonly (string Part, string What)[] s_others =
    [
        ("lora_A", "an adapter (LoRA), which changes a model and is none"),
        ("lora_down", "an adapter (LoRA), which changes a model and is none"),
        ("audio_", "an LTX-2 model (audio and video together)"),
        ("av_ca_", "an LTX-2 model (audio and video together)"),
        ("post_upsample_res_blocks", "a latent upsampler; it belongs beside a model"),
        ("encoder.block.0.layer.0.SelfAttention", "a T5 text encoder; it belongs beside a model"),
        ("double_blocks", "a model of another family (Flux or Hunyuan Video)"),
        ("input_blocks", "a Stable Diffusion model"),
        ("blocks.0.self_attn", "a Wan model"),
    ];

    /// <summary>Throws if the file is something else.</summary>
    /// <exception cref="CheckpointException">It is.</exception>
    public static void RequireLtxVideo(string path, ISafetensorsSource source)
    {
        foreach (var (part, what) in s_others)
        {
            if (source.Entries.Keys.Any(name => name.Contains(part, StringComparison.Ordinal)))
                throw new CheckpointException($"'{path}' is {what}. This engine runs LTX-Video 0.9.5 to 0.9.8: pull ltxv-2b-0.9.8-distilled.");
        }
    }
}
