namespace Kinora.Media;

/// <summary>The file's content is of a format, or a kind within a format, that is not read here.</summary>
public sealed class UnsupportedMediaException : MediaException
{
    /// <summary>Creates the exception with the format that was recognised, for example <c>svg</c>, or <c>unknown</c>.</summary>
    public UnsupportedMediaException(string format, string message)
        : base(message) => Format = format;

    /// <summary>What came, in lower case.</summary>
    public string Format { get; }
}
