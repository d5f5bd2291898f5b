namespace Kinora.Diffusion.Tokenizers;

/// <summary>What a piece of a SentencePiece vocabulary is; the numbers are those of the file format.</summary>
internal enum SentencePieceType
{
    /// <summary>A piece of text with a score.</summary>
    Normal = 1,

    /// <summary>Stands for text that no piece covers.</summary>
    Unknown = 2,

    /// <summary>A mark such as the end of the text; never found in text.</summary>
    Control = 3,

    /// <summary>Always taken whole where it occurs.</summary>
    UserDefined = 4,

    /// <summary>In the vocabulary, but never produced.</summary>
    Unused = 5,

    /// <summary>One byte, for vocabularies that fall back to bytes.</summary>
    Byte = 6,
}
