namespace Kinora.Server;

/// <summary>The server cannot start; the message says why and what to do about it.</summary>
public sealed class ServerStartException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ServerStartException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
