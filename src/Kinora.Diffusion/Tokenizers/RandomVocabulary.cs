using System.Buffers.Binary;
using System.Text;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>Makes a small SentencePiece vocabulary that reads any text of ASCII characters, to go with random weights.</summary>
public static class RandomVocabulary
{
    /// <summary>Entries: three marks, the space, and the printable ASCII characters.</summary>
    public const int Size = 98;

    /// <summary>The content of a <c>spiece.model</c>.</summary>
    public static byte[] Create()
    {
        var model = new List<byte>();
        AddPiece(model, "<pad>", 0, SentencePieceType.Control);
        AddPiece(model, "</s>", 0, SentencePieceType.Control);
        AddPiece(model, "<unk>", 0, SentencePieceType.Unknown);
        AddPiece(model, "\u2581", -1, SentencePieceType.Normal);
        for (var c = '!'; c <= '~'; c++)
            AddPiece(model, c.ToString(), -2 - ((c - '!') / 100f), SentencePieceType.Normal);
        return [.. model];
    }

    // Field 1 of the model, a message of text (1), score (2) and type (3); every length is below 128.
    private static void AddPiece(List<byte> model, string text, float score, SentencePieceType type)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var single = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(single, score);
        byte[] piece = [0x0A, (byte)bytes.Length, .. bytes, 0x15, .. single, 0x18, (byte)type];
        model.AddRange([0x0A, (byte)piece.Length, .. piece]);
    }
}
