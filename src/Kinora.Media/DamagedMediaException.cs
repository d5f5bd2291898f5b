namespace Kinora.Media;

/// <summary>The file is of a known format but cut off, corrupted, or not what its header says.</summary>
public sealed class DamagedMediaException : MediaException
{
    /// <summary>Creates the exception with what was found.</summary>
    public DamagedMediaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
