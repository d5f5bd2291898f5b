namespace Kinora.Server.Api;

/// <summary>The protocol's own header names. HTTP compares them without regard to case.</summary>
internal static class WireHeaders
{
    public const string RequestId = "x-fal-request-id";
    public const string ErrorType = "X-Fal-Error-Type";
    public const string RequestTimeoutType = "X-Fal-Request-Timeout-Type";
    public const string Retryable = "X-Fal-Retryable";
    public const string BillableUnits = "x-fal-billable-units";
    public const string NeedsRetry = "X-Fal-Needs-Retry";
    public const string TargetUrl = "x-fal-target-url";
    public const string QueuePriority = "X-Fal-Queue-Priority";
    public const string RequestTimeout = "X-Fal-Request-Timeout";
    public const string RequestStartTimeout = "X-Fal-Request-Start-Timeout";
    public const string NoRetry = "X-Fal-No-Retry";
    public const string Tags = "X-Fal-Tags";
    public const string StoreIo = "X-Fal-Store-IO";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string IdempotencyKeyExtension = "X-Idempotency-Key";
}
