using System.Diagnostics.Metrics;
using Kinora.Jobs;

namespace Kinora.Server.Telemetry;

/// <summary>The fronts' measurements, under <see cref="KinoraSource.Name"/>.</summary>
internal sealed class ServerMetrics : IDisposable
{
    private readonly Meter _meter = new(KinoraSource.Name);
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _stages;
    private readonly Counter<long> _webhookTries;

    public ServerMetrics()
    {
        _requests = _meter.CreateHistogram(
            "kinora.http.request", "s", "HTTP requests, by method and status code.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });
        _stages = _meter.CreateHistogram(
            "kinora.jobs.stage", "s", "The stages of an attempt: fetch, generate, encode, publish.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });
        _webhookTries = _meter.CreateCounter<long>("kinora.webhooks.tries", "{try}", "Tries to deliver a webhook, by what became of them.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>A request was answered. Methods that HTTP does not have are counted as one, so that nobody can make up labels.</summary>
    public void Answered(string method, int statusCode, TimeSpan elapsed) => _requests.Record(
        elapsed.TotalSeconds,
        new("method", method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" ? method : "other"),
        new("code", statusCode));

    /// <summary>A stage of an attempt is over.</summary>
    public void StageEnded(string stage, TimeSpan elapsed) => _stages.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>A webhook was tried.</summary>
    public void WebhookTried(string outcome) => _webhookTries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
