using System.Text.Json.Nodes;

namespace Kinora.Server.Tests;

/// <summary>The Python package's <c>FalClientHTTPError</c>: what a program gets to see of an error answer.</summary>
/// <param name="status">The status code.</param>
/// <param name="detail">The body's <c>detail</c>, a list or a string; the raw text if there is none.</param>
/// <param name="errorType">The body's <c>error_type</c>, else the header's.</param>
/// <param name="contentType">Of the answer.</param>
/// <param name="hasRequestId">Whether <c>x-fal-request-id</c> came along.</param>
internal sealed class FalClientHttpException(int status, JsonNode detail, string? errorType, string? contentType, bool hasRequestId)
    : Exception($"{status}: {detail.ToJsonString()}")
{
    public int Status => status;

    public JsonNode Detail => detail;

    public string? ErrorType => errorType;

    public string? ContentType => contentType;

    public bool HasRequestId => hasRequestId;
}
