using System.Diagnostics.Metrics;
using Kinora.Jobs;
using Kinora.Server.Telemetry;

namespace Kinora.Server.Tests.Telemetry;

public sealed class MetricsRecorderTests : IDisposable
{
    private readonly MetricsRecorder _recorder = new();
    private readonly Meter _meter = new(KinoraSource.Name);

    public void Dispose()
    {
        _meter.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public void A_counter_is_a_total_for_each_set_of_labels()
    {
        var counter = _meter.CreateCounter<long>("kinora.test.things", "{thing}", "Things\nthat are counted.");
        counter.Add(1, new KeyValuePair<string, object?>("end", "a"));
        counter.Add(2, new KeyValuePair<string, object?>("end", "a"));
        counter.Add(5, new KeyValuePair<string, object?>("end", "b"));

        Assert.Contains(
            "# HELP kinora_test_things_total Things that are counted.\n# TYPE kinora_test_things_total counter\n"
            + "kinora_test_things_total{end=\"a\"} 3\nkinora_test_things_total{end=\"b\"} 5\n",
            _recorder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_has_rising_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram("kinora.test.wait", "s", "Waits.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in (double[])[0.05, 0.1, 0.5, 7]) histogram.Record(value);

        Assert.Contains(
            """
            # TYPE kinora_test_wait_seconds histogram
            kinora_test_wait_seconds_bucket{le="0.1"} 2
            kinora_test_wait_seconds_bucket{le="1"} 3
            kinora_test_wait_seconds_bucket{le="+Inf"} 4
            kinora_test_wait_seconds_sum 7.65
            kinora_test_wait_seconds_count 4

            """.ReplaceLineEndings("\n"), _recorder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gauge_is_looked_at_when_it_is_asked_for()
    {
        var value = 1;
        _meter.CreateObservableGauge("kinora.test.level", () => value);
        Assert.Contains("\nkinora_test_level 1\n", _recorder.Write(), StringComparison.Ordinal);
        value = 7;
        Assert.Contains("\nkinora_test_level 7\n", _recorder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_cannot_break_out_of_its_quotes()
    {
        _meter.CreateCounter<long>("kinora.test.odd").Add(1, new KeyValuePair<string, object?>("a b", "x\"} 1\n\\"));

        Assert.Contains("""kinora_test_odd_total{a_b="x\"} 1\n\\"} 1""" + "\n", _recorder.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_never_end_do_not_fill_the_memory()
    {
        var counter = _meter.CreateCounter<long>("kinora.test.many");
        for (var i = 0; i < 5_000; i++) counter.Add(1, new KeyValuePair<string, object?>("i", i));

        Assert.Equal(1_000, _recorder.Write().Split('\n').Count(line => line.StartsWith("kinora_test_many_total{", StringComparison.Ordinal)));
    }
}
