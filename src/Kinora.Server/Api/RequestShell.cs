using System.Diagnostics;
using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Api;

/// <summary>
/// Around every answer: its request id, its span under the client's <c>traceparent</c>, its measurement, CORS, a JSON body for whatever went wrong unexpectedly, and one line in the server's log that holds neither secrets
/// nor query strings.
/// </summary>
internal sealed partial class RequestShell(RequestDelegate next, CorsPolicy cors, ServerMetrics metrics, TimeProvider time, ILogger<RequestShell> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        var requestId = Guid.NewGuid().ToString();
        SetHeaders(http, requestId);
        using var span = KinoraSource.Start("request", ActivityKind.Server, http.Request.Headers.TraceParent);
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", requestId) });
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads it; it is for the log.
            if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(http, e.StatusCode, e.Message);
        }
        catch (BlobStoreException e)
        {
            LogStorageFailure(http.Request.Method, http.Request.Path, e.Message, RequestIdOf(http));
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "The storage of files is not available. Try again in a moment.");
        }
        catch (Exception e)
        {
            LogFailure(e, http.Request.Method, http.Request.Path, RequestIdOf(http));
            await AnswerAsync(http, StatusCodes.Status500InternalServerError, "Internal Server Error");
        }

        var elapsed = time.GetElapsedTime(started);
        metrics.Answered(http.Request.Method, http.Response.StatusCode, elapsed);
        Describe(span, http);
        Log(http, elapsed);
    }

    // No path parameters and no query: names of files and tokens are secrets.
    private static void Describe(Activity? span, HttpContext http)
    {
        if (span is null) return;
        span.SetTag("http.request.method", http.Request.Method).SetTag("http.response.status_code", http.Response.StatusCode).SetTag("kinora.request_id", RequestIdOf(http));
        if (http.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
    }

    private void SetHeaders(HttpContext http, string requestId)
    {
        http.Response.Headers[WireHeaders.RequestId] = requestId;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        cors.Apply(http);
    }

    private async Task AnswerAsync(HttpContext http, int statusCode, string detail)
    {
        if (http.Response.HasStarted)
        {
            // Too late for a status code: a cut connection is the only honest sign left.
            http.Abort();
            return;
        }

        var requestId = RequestIdOf(http);
        http.Response.Clear();
        SetHeaders(http, requestId);
        await ErrorResponses.WriteAsync(http.Response, statusCode, detail);
    }

    private static string RequestIdOf(HttpContext http) => http.Response.Headers[WireHeaders.RequestId].ToString();

    // Status polls come ten times a second and client; they would bury everything else.
    private void Log(HttpContext http, TimeSpan elapsed)
    {
        var level = HttpMethods.IsGet(http.Request.Method) && http.Response.StatusCode < 400 ? LogLevel.Debug : LogLevel.Information;
        if (!logger.IsEnabled(level)) return;
        LogAnswer(level, http.Request.Method, http.Request.Path, http.Response.StatusCode, elapsed.TotalMilliseconds, RequestIdOf(http));
    }

    [LoggerMessage(Message = "{Method} {Path} answered {StatusCode} after {Milliseconds:F1} ms, request {RequestId}")]
    private partial void LogAnswer(LogLevel level, string method, string path, int statusCode, double milliseconds, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed: {Problem}, request {RequestId}")]
    private partial void LogStorageFailure(string method, string path, string problem, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {RequestId}")]
    private partial void LogFailure(Exception exception, string method, string path, string requestId);
}
