namespace Kinora.Diffusion.TextEncoders;

/// <summary>
/// Keeps the embeddings of texts that were encoded lately, so that a negative prompt that comes with every request is encoded once, and an encoder whose
/// answers are here need not be loaded at all. Thread-safe.
/// </summary>
public sealed class TextEmbeddingCache
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Encoder, string Text), LinkedListNode<((string Encoder, string Text) Key, TextEmbedding Value)>> entries = [];
    private readonly LinkedList<((string Encoder, string Text) Key, TextEmbedding Value)> byAge = new();
    private readonly int capacity;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">The most embeddings that it keeps, at least 1; one of T5-XXL takes 1 to 4 MB.</param>
    public TextEmbeddingCache(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.capacity = capacity;
    }

    /// <summary>Looks a text up.</summary>
    /// <param name="encoder">Names the encoder and its weights, so that another one's answers are not taken.</param>
    /// <param name="text">The text.</param>
    /// <returns>Its embedding, or null.</returns>
    public TextEmbedding? Find(string encoder, string text)
    {
        lock (gate)
        {
            if (!entries.TryGetValue((encoder, text), out var node))
                return null;
            byAge.Remove(node);
            byAge.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>Keeps an embedding; the one that was not asked for the longest makes room.</summary>
    public void Add(string encoder, string text, TextEmbedding embedding)
    {
        lock (gate)
        {
            if (entries.Remove((encoder, text), out var old))
                byAge.Remove(old);
            entries.Add((encoder, text), byAge.AddFirst(((encoder, text), embedding)));
            if (entries.Count <= capacity)
                return;
            entries.Remove(byAge.Last!.Value.Key);
            byAge.RemoveLast();
        }
    }
}
