namespace Kinora.Media.Ffmpeg;

/// <summary>A child process made no progress, or did not end, within its time; it was killed.</summary>
public sealed class ChildTimeoutException : MediaException
{
    internal ChildTimeoutException(string program, TimeSpan limit, Exception? cause = null)
        : base($"{program} did not answer within {limit.TotalSeconds:0.#} s and was stopped.", cause) => Limit = limit;

    /// <summary>The time it had.</summary>
    public TimeSpan Limit { get; }
}
