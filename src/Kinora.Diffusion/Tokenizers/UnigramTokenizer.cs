using System.Text;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// Cuts text into the most probable sequence of pieces (<see href="https://arxiv.org/abs/1804.10959">unigram language model</see>), as SentencePiece
/// does. Thread-safe.
/// </summary>
public sealed class UnigramTokenizer
{
    // What text outside the vocabulary costs below its worst piece.
    private const float UnknownPenalty = 10;

    private readonly SentencePieceModel _model;
    private readonly TextNormalizer _normalizer;
    private readonly PieceTrie _trie = new();
    private readonly float _unknownScore;
    private readonly float _bestScore;
    private readonly int _unknownId;

    private UnigramTokenizer(SentencePieceModel model)
    {
        _model = model;
        _normalizer = new TextNormalizer(model);
        (_unknownScore, _bestScore) = (float.MaxValue, float.MinValue);
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            var piece = model.Pieces[id];
            if (piece.Type == SentencePieceType.Unknown)
                _unknownId = id;
            if (piece.Type is SentencePieceType.Normal or SentencePieceType.UserDefined)
                _trie.Add(piece.Text, id);
            if (piece.Type == SentencePieceType.Normal)
                (_unknownScore, _bestScore) = (Math.Min(_unknownScore, piece.Score), Math.Max(_bestScore, piece.Score));
        }

        _unknownScore -= UnknownPenalty;
    }

    /// <summary>Entries of the vocabulary; ids are smaller.</summary>
    public int VocabularySize => _model.Pieces.Count;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="bytes">The content of a <c>spiece.model</c>.</param>
    /// <exception cref="DiffusionException">It is not a SentencePiece unigram model.</exception>
    public static UnigramTokenizer Load(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UnigramTokenizer(SentencePieceModel.Parse(bytes));
        }
        catch (FormatException exception)
        {
            throw new DiffusionException($"This is not a SentencePiece unigram model (spiece.model): {exception.Message}", exception);
        }
    }

    /// <summary>The ids of a text, without an end mark; neighbouring unknown pieces are one.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = _normalizer.Normalize(text);
        var starts = new int[bytes.Length + 1];
        var pieces = new int[bytes.Length + 1];
        FindBestPath(bytes, starts, pieces);
        var ids = new List<int>();
        for (var end = bytes.Length; end > 0; end = starts[end])
        {
            if (pieces[end] != _unknownId || ids.Count == 0 || ids[^1] != _unknownId)
                ids.Add(pieces[end]);
        }

        ids.Reverse();
        return [.. ids];
    }

    // Viterbi: for every end, the best piece that ends there. Scores are single precision, as in the reference, so that near ties fall the same way.
    private void FindBestPath(ReadOnlySpan<byte> bytes, int[] starts, int[] pieces)
    {
        var scores = new float[bytes.Length + 1];
        Array.Fill(starts, -1);
        for (var start = 0; start < bytes.Length;)
        {
            Rune.DecodeFromUtf8(bytes[start..], out _, out var character);
            var (node, isCovered) = (0, false);
            for (var end = start + 1; end <= bytes.Length && _trie.TryStep(ref node, bytes[end - 1], out var id); end++)
            {
                if (id < 0)
                    continue;
                isCovered |= end == start + character;
                Offer(scores[start] + Score(id, end - start), start, end, id);
            }

            if (!isCovered)
                Offer(scores[start] + _unknownScore, start, start + character, _unknownId);
            start += character;
        }

        void Offer(float score, int start, int end, int id)
        {
            if (starts[end] >= 0 && score <= scores[end])
                return;
            (scores[end], starts[end], pieces[end]) = (score, start, id);
        }
    }

    private float Score(int id, int length) =>
        _model.Pieces[id].Type == SentencePieceType.UserDefined ? (length * _bestScore) - 0.1f : _model.Pieces[id].Score;
}
