namespace Kinora.Jobs.Blobs;

/// <summary>The storage of blobs did not do what it was asked to, after its own retries.</summary>
/// <param name="message">What it was asked and what it answered.</param>
/// <param name="canRetry">Whether the same call may go through later: true for outages, false for a wrong bucket, key or option.</param>
/// <param name="cause">What came from below.</param>
public sealed class BlobStoreException(string message, bool canRetry, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Whether the same call may go through later.</summary>
    public bool CanRetry { get; } = canRetry;
}
