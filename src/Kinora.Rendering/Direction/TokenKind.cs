namespace Kinora.Rendering.Direction;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    /// <summary>A word between spaces.</summary>
    Word,

    /// <summary>A Chinese character, which stands next to others without spaces.</summary>
    Character,

    /// <summary>A comma, colon, dash or bracket: the thought goes on.</summary>
    Comma,

    /// <summary>A full stop, semicolon or new line: a new thought.</summary>
    Stop,

    /// <summary>An arrow: what follows happens afterwards.</summary>
    Arrow,
}
