using Kinora.Diffusion.Tokenizers;

namespace Kinora.Diffusion.TextEncoders;

/// <summary>Turns a prompt into what the video models read: trimmed, cut into tokens, closed with the end mark, encoded.</summary>
public sealed class PromptEncoder(UnigramTokenizer tokenizer, T5Encoder encoder)
{
    /// <summary>The most tokens the LTX-Video models were given in training, the end mark included.</summary>
    public const int MaxTokens = 256;

    private const int EndMark = 1;

    /// <summary>Encodes a prompt; what is beyond <see cref="MaxTokens"/> is cut off before the end mark.</summary>
    /// <param name="prompt">The text; may be empty.</param>
    /// <param name="cancellation">Checked before every layer.</param>
    public TextEmbedding Encode(string prompt, CancellationToken cancellation = default) => encoder.Encode(Tokens(prompt), cancellation);

    /// <summary>The ids that <see cref="Encode"/> gives to the encoder.</summary>
    public int[] Tokens(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var ids = tokenizer.Encode(prompt.Trim());
        return [.. ids.AsSpan(0, Math.Min(ids.Length, MaxTokens - 1)), EndMark];
    }
}
