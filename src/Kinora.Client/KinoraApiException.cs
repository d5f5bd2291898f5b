using System.Net;

namespace Kinora.Client;

/// <summary>The server answered with an error. Its message is the server's own.</summary>
public class KinoraApiException : Exception
{
    internal KinoraApiException(HttpStatusCode statusCode, string message, string? requestId, string? errorType, Exception? cause = null)
        : base(message, cause)
    {
        StatusCode = statusCode;
        RequestId = requestId;
        ErrorType = errorType;
    }

    /// <summary>The HTTP status. A request that failed while it ran has its own status, which the result call answers with.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The id of the request, or null when the answer named none.</summary>
    public string? RequestId { get; }

    /// <summary>What happened, for programs, for example <c>request_timeout</c> or <c>missing</c>; null when the answer does not say.</summary>
    public string? ErrorType { get; }
}
