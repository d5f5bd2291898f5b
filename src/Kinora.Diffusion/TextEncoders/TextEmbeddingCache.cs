namespace Kinora.Diffusion.TextEncoders;

/// <summary>
/// Keeps the embeddings of texts that were encoded lately, so that a negative prompt that comes with every request is encoded once, and an encoder whose
/// answers are here need not be loaded at all. Thread-safe.
/// </summary>
public sealed class TextEmbeddingCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Encoder, string Text), LinkedListNode<((string Encoder, string Text) Key, TextEmbedding Value)>> _entries = [];
    private readonly LinkedList<((string Encoder, string Text) Key, TextEmbedding Value)> _byAge = new();
    private readonly int _capacity;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">The most embeddings that it keeps, at least 1; one of T5-XXL takes 1 to 4 MB.</param>
    public TextEmbeddingCache(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Looks a text up.</summary>
    /// <param name="encoder">Names the encoder and its weights, so that another one's answers are not taken.</param>
    /// <param name="text">The text.</param>
    /// <returns>Its embedding, or null.</returns>
    public TextEmbedding? Find(string encoder, string text)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((encoder, text), out var node))
                return null;
            _byAge.Remove(node);
            _byAge.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>Keeps an embedding; the one that was not asked for the longest makes room.</summary>
    public void Add(string encoder, string text, TextEmbedding embedding)
    {
        lock (_gate)
        {
            if (_entries.Remove((encoder, text), out var old))
                _byAge.Remove(old);
            _entries.Add((encoder, text), _byAge.AddFirst(((encoder, text), embedding)));
            if (_entries.Count <= _capacity)
                return;
            _entries.Remove(_byAge.Last!.Value.Key);
            _byAge.RemoveLast();
        }
    }
}
