namespace Kinora.Media;

/// <summary>Something is wrong with a medium, or with the child process that works on it. The message says what was expected, what came and what to do.</summary>
public abstract class MediaException : Exception
{
    /// <summary>Creates the exception.</summary>
    private protected MediaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
