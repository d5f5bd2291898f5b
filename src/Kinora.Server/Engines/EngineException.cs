namespace Kinora.Server.Engines;

/// <summary>An engine can't make this clip, for a reason that its operator or the caller can do something about; the message says what. It holds no secrets.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What was expected, what came, what to do.</param>
    /// <param name="isOutOfResources">Whether memory is what is missing.</param>
    /// <param name="cause">What it came from.</param>
    public EngineException(string message, bool isOutOfResources, Exception? cause = null)
        : base(message, cause) => IsOutOfResources = isOutOfResources;

    /// <summary>Whether memory is what is missing.</summary>
    public bool IsOutOfResources { get; }
}
