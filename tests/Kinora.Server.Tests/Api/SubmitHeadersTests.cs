using Kinora.Jobs;
using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Tests.Api;

public sealed class SubmitHeadersTests
{
    [Fact]
    public void Nothing_said_means_normal_priority_no_limit_retries_and_stored_payloads()
    {
        var headers = Parse();
        Assert.Equal(JobPriority.Normal, headers.Priority);
        Assert.Null(headers.StartTimeout);
        Assert.Null(headers.IdempotencyKey);
        Assert.False(headers.NoRetry);
        Assert.True(headers.StorePayloads);
    }

    [Theory]
    [InlineData("normal", JobPriority.Normal)]
    [InlineData("low", JobPriority.Low)]
    [InlineData("LOW", JobPriority.Low)]
    public void The_priority_is_normal_or_low(string value, JobPriority expected) =>
        Assert.Equal(expected, Parse(("X-Fal-Queue-Priority", value)).Priority);

    [Theory]
    [InlineData("30.0", 30)]
    [InlineData("30", 30)]
    [InlineData("0.5", 0.5)]
    public void The_start_timeout_is_in_seconds(string value, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(("X-Fal-Request-Timeout", value)).StartTimeout);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(("x-fal-request-start-timeout", value)).StartTimeout);
    }

    [Fact]
    public void The_newer_start_timeout_header_wins() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Parse(("X-Fal-Request-Timeout", "30"), ("X-Fal-Request-Start-Timeout", "7")).StartTimeout);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("0", false)]
    public void Retries_can_be_turned_off(string value, bool expected) => Assert.Equal(expected, Parse(("X-Fal-No-Retry", value)).NoRetry);

    [Fact]
    public void Payloads_need_not_be_stored() => Assert.False(Parse(("X-Fal-Store-IO", "0")).StorePayloads);

    [Theory]
    [InlineData("Idempotency-Key")]
    [InlineData("x-idempotency-key")]
    public void The_idempotency_key_has_two_names(string name) => Assert.Equal("k-1", Parse((name, "k-1")).IdempotencyKey);

    [Fact]
    public void Of_both_start_timeouts_the_newer_name_wins() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Parse(("X-Fal-Request-Timeout", "30"), ("X-Fal-Request-Start-Timeout", "7")).StartTimeout);

    [Fact]
    public void Both_names_of_the_idempotency_key_may_come_but_not_with_two_keys()
    {
        Assert.Equal("k", Parse(("Idempotency-Key", "k"), ("X-Idempotency-Key", "k")).IdempotencyKey);
        Assert.Contains("the same", Assert.Throws<FormatException>(() => Parse(("Idempotency-Key", "k"), ("X-Idempotency-Key", "l"))).Message, StringComparison.Ordinal);
    }

    // HTTP joins a header that came twice with a comma.
    [Theory]
    [InlineData("X-Fal-Queue-Priority", "normal,low")]
    [InlineData("X-Fal-Request-Start-Timeout", "5,6")]
    [InlineData("X-Fal-No-Retry", "1,0")]
    [InlineData("X-Fal-Store-IO", "0,1")]
    [InlineData("X-Fal-Queue-Priority", "urgent")]
    [InlineData("X-Fal-Request-Timeout", "abc")]
    [InlineData("X-Fal-Request-Timeout", "0")]
    [InlineData("X-Fal-Request-Timeout", "-3")]
    [InlineData("X-Fal-Request-Timeout", "NaN")]
    [InlineData("X-Fal-Request-Timeout", "1e400")]
    [InlineData("X-Fal-Request-Timeout", "999999999999")]
    [InlineData("X-Fal-Request-Start-Timeout", "1,5")]
    [InlineData("X-Fal-No-Retry", "maybe")]
    [InlineData("X-Fal-Store-IO", "2")]
    [InlineData("Idempotency-Key", "schlüssel")]
    public void A_malformed_value_is_refused_by_name(string name, string value)
    {
        var refusal = Assert.Throws<FormatException>(() => Parse((name, value)));
        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_idempotency_key_has_at_most_255_characters()
    {
        Assert.Equal(255, Parse(("Idempotency-Key", new string('k', 255))).IdempotencyKey!.Length);
        Assert.Throws<FormatException>(() => Parse(("Idempotency-Key", new string('k', 256))));
    }

    private static SubmitHeaders Parse(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers) dictionary[name] = value;
        return SubmitHeaders.Parse(dictionary);
    }
}
