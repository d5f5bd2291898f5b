namespace Kinora.Jobs;

/// <summary>A fault of the queue's own: the expected answers of its calls are values, never exceptions.</summary>
public abstract class JobStoreException : Exception
{
    private protected JobStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
