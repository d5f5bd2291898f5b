using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>Says what went wrong between here and the bucket, and whether another try can help.</summary>
internal static class S3Faults
{
    /// <summary>Whether an exception is the storage's or the network's; everything else is a mistake of this program.</summary>
    internal static bool IsFault(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        BlobStoreException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException => true,
        _ => false,
    };

    /// <summary>Whether an answer broke off or stood still; a request that failed as such has been repeated by the SDK already.</summary>
    internal static bool IsBrokenBody(Exception exception, CancellationToken cancellationToken) =>
        exception is not (AmazonServiceException or AmazonClientException) && IsFault(exception, cancellationToken);

    /// <summary>Whether the same request may succeed later.</summary>
    internal static bool CanRetry(Exception exception) => exception switch
    {
        // No answer at all, or none that S3 gives: the network, a proxy, a server that is starting.
        AmazonServiceException { StatusCode: 0 } => true,
        AmazonServiceException answered => CanRetry(answered.StatusCode, answered.ErrorCode),
        AmazonClientException => exception.InnerException is HttpRequestException or IOException or OperationCanceledException,
        _ => true,
    };

    internal static BlobStoreException Explain(string what, Exception exception) =>
        new($"{what}: {Describe(exception)}", CanRetry(exception), exception);

    internal static bool IsNotThere(AmazonServiceException exception) =>
        exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    private static bool CanRetry(HttpStatusCode status, string? code) =>
        (int)status >= 500 && status != HttpStatusCode.NotImplemented
        || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || code is "OperationAborted" or "RequestTimeout" or "SlowDown" or "RequestTimeTooSkewed" or "ExpiredToken";

    private static string Describe(Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: not 0, ErrorCode: { Length: > 0 } code } answered => $"the storage answered {(int)answered.StatusCode} {code}",
        AmazonServiceException { StatusCode: not 0 } answered => $"the storage answered {(int)answered.StatusCode}",
        OperationCanceledException => "the storage did not answer in time",
        _ => $"the storage cannot be reached ({(exception.InnerException ?? exception).Message})",
    };
}
