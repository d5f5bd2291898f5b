namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// The content of a SentencePiece model file (<c>spiece.model</c>), a
/// <see href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">protocol buffer</see>: vocabulary and the rules of the
/// normaliser.
/// </summary>
internal sealed class SentencePieceModel
{
    private const int MaxPieces = 1 << 20;
    private const int UnigramModel = 1;

    private SentencePieceModel(List<SentencePiece> pieces) => Pieces = pieces;

    /// <summary>The vocabulary; an index is an id.</summary>
    public IReadOnlyList<SentencePiece> Pieces { get; }

    /// <summary>The map of character sequences, or empty.</summary>
    public byte[] CharsMap { get; private set; } = [];

    /// <summary>A space is put in front of the text.</summary>
    public bool AddsPrefix { get; private set; } = true;

    /// <summary>Spaces around the text go, and several become one.</summary>
    public bool TrimsSpaces { get; private set; } = true;

    /// <summary>Spaces become U+2581.</summary>
    public bool EscapesSpaces { get; private set; } = true;

    /// <summary>Reads a model.</summary>
    /// <exception cref="DiffusionException">The bytes are not a unigram model.</exception>
    public static SentencePieceModel Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var pieces = new List<SentencePiece>();
            var model = new SentencePieceModel(pieces);
            var reader = new ProtobufReader(bytes);
            while (reader.Read())
            {
                if (reader.Field == 1)
                    pieces.Add(ParsePiece(reader.Content));
                else if (reader.Field == 2)
                    RequireUnigram(reader.Content);
                else if (reader.Field == 3)
                    model.ParseNormalizer(reader.Content);
                if (pieces.Count > MaxPieces)
                    throw new FormatException($"it has more than {MaxPieces} pieces.");
            }

            return pieces.Count(piece => piece.Type == SentencePieceType.Unknown) == 1 ? model : throw new FormatException("it must have one unknown piece.");
        }
        catch (FormatException exception)
        {
            throw new DiffusionException($"This is not a SentencePiece unigram model (spiece.model): {exception.Message}", exception);
        }
    }

    private static SentencePiece ParsePiece(ReadOnlySpan<byte> message)
    {
        var (text, score, type) = (Array.Empty<byte>(), 0f, SentencePieceType.Normal);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                text = reader.Content.ToArray();
            else if (reader.Field == 2)
                score = reader.Single;
            else if (reader.Field == 3)
                type = (SentencePieceType)reader.Number;
        }

        return text.Length > 0 && float.IsFinite(score) ? new SentencePiece(text, score, type) : throw new FormatException("a piece has no text or no score.");
    }

    private static void RequireUnigram(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 3 && reader.Number != UnigramModel)
                throw new FormatException($"its kind is {reader.Number}, not unigram ({UnigramModel}).");
        }
    }

    private void ParseNormalizer(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2: CharsMap = reader.Content.ToArray(); break;
                case 3: AddsPrefix = reader.Number != 0; break;
                case 4: TrimsSpaces = reader.Number != 0; break;
                case 5: EscapesSpaces = reader.Number != 0; break;
                default: break;
            }
        }
    }
}
