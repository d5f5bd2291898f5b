using Kinora.Diffusion.Tokenizers;
using Kinora.Diffusion.Weights;

namespace Kinora.Diffusion.TextEncoders;

/// <summary>Turns a prompt into what the video models read: trimmed, cut into tokens, closed with the end mark, encoded. Owns its encoder.</summary>
public sealed class PromptEncoder : IDisposable
{
    /// <summary>The most tokens the LTX-Video models were given in training, the end mark included.</summary>
    public const int MaxTokens = 256;

    private const int EndMark = 1;

    private readonly UnigramTokenizer _tokenizer;
    private readonly T5Encoder _encoder;

    internal PromptEncoder(UnigramTokenizer tokenizer, T5Encoder encoder)
    {
        (_tokenizer, _encoder) = (tokenizer, encoder);

        // The model's table is longer than the vocabulary (sentinels, padding to a round number), never shorter.
        if (tokenizer.VocabularySize > encoder.Config.VocabularySize)
            throw new CheckpointException($"The vocabulary has {tokenizer.VocabularySize} pieces, the text encoder {encoder.Config.VocabularySize} vectors: they do not belong together.");
    }

    /// <summary>The encoder's sizes.</summary>
    public T5Config Config => _encoder.Config;

    /// <summary>Loads a T5 v1.1 encoder and its vocabulary.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="weightsPath">A <c>.safetensors</c> file, or the index of one in shards.</param>
    /// <param name="vocabulary">The content of <c>spiece.model</c>.</param>
    /// <param name="format">How weights are kept: T5-XXL takes 9.5 GB in bfloat16, 5 GB in int8.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    /// <exception cref="CheckpointException">A file can't be used; the message says why and what to do.</exception>
    /// <exception cref="DiffusionMemoryException">It does not fit.</exception>
    public static PromptEncoder Load(ComputeDevice device, string weightsPath, ReadOnlyMemory<byte> vocabulary, NumberFormat format, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        var tokenizer = UnigramTokenizer.Load(vocabulary.Span);
        using var file = CheckpointFile.Open(weightsPath);
        var encoder = DiffusionMemoryException.Guard("The text encoder", () => T5Encoder.Load(device.Backend, file, format.ToWeights(), cancellation));
        try
        {
            return new PromptEncoder(tokenizer, encoder);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Encodes a prompt; what is beyond <see cref="MaxTokens"/> is cut off before the end mark.</summary>
    /// <param name="prompt">The text; may be empty.</param>
    /// <param name="cancellation">Checked before every layer.</param>
    /// <exception cref="DiffusionMemoryException">There is no room for it.</exception>
    public TextEmbedding Encode(string prompt, CancellationToken cancellation = default)
    {
        var ids = Tokens(prompt);
        return DiffusionMemoryException.Guard("The prompt", () => _encoder.Encode(ids, cancellation));
    }

    /// <summary>The ids that <see cref="Encode"/> gives to the encoder.</summary>
    public int[] Tokens(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var ids = _tokenizer.Encode(prompt.Trim());
        return [.. ids.AsSpan(0, Math.Min(ids.Length, MaxTokens - 1)), EndMark];
    }

    /// <summary>Frees the encoder's memory.</summary>
    public void Dispose() => _encoder.Dispose();
}
