namespace Kinora.Diffusion.Tokenizers;

/// <summary>An entry of the vocabulary.</summary>
/// <param name="Text">The piece in UTF-8; spaces are U+2581.</param>
/// <param name="Score">Its logarithmic probability.</param>
/// <param name="Type">What it is.</param>
internal readonly record struct SentencePiece(byte[] Text, float Score, SentencePieceType Type);
