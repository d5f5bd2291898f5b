using System.Diagnostics;
using Kinora.Jobs.Keys;

namespace Kinora.Jobs.Tests.Keys;

public sealed class ApiKeySecretTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_the_right_secret_of_a_known_key_is_accepted()
    {
        var (key, secret) = ApiKeySecret.Create("one", ApiKeyScope.Api, s_now);

        Assert.True(ApiKeySecret.Verify(key, secret));
        Assert.False(ApiKeySecret.Verify(key, secret[..^1] + (secret[^1] == '0' ? '1' : '0')));
        Assert.False(ApiKeySecret.Verify(key, ""));
        Assert.False(ApiKeySecret.Verify(null, secret));
    }

    // Interleaved, medians of many: an early answer to an unknown id would take a hundredth of the time, and a comparison that stops at the first difference is over a hash anyway.
    [Fact]
    public void An_unknown_key_takes_as_long_as_a_wrong_secret()
    {
        var (key, secret) = ApiKeySecret.Create("one", ApiKeyScope.Api, s_now);
        var wrong = new string('0', secret.Length);
        var ratios = Enumerable.Range(0, 51).Select(_ => Ticks(null, wrong) / Ticks(key, wrong)).Order().ToArray();

        Assert.InRange(ratios[ratios.Length / 2], 0.5, 2);
    }

    [Fact]
    public void A_secret_has_256_bits_and_is_not_in_its_record()
    {
        var (key, secret) = ApiKeySecret.Create("one", ApiKeyScope.Api, s_now);

        Assert.Matches(@"\A[0-9a-f]{64}\z", secret);
        Assert.True(Guid.TryParse(key.KeyId, out _));
        Assert.DoesNotContain(secret, key.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(secret, Convert.ToHexString(key.SecretHash), StringComparer.OrdinalIgnoreCase);
        Assert.NotEqual(secret, ApiKeySecret.Create("one", ApiKeyScope.Api, s_now).Secret);
    }

    [Fact]
    public void A_key_ends_at_the_very_moment_of_its_expiry()
    {
        var (key, _) = ApiKeySecret.Create("one", ApiKeyScope.Api, s_now, s_now.AddHours(1));

        Assert.True(key.IsActive(s_now.AddHours(1).AddTicks(-1)));
        Assert.False(key.IsActive(s_now.AddHours(1)));
    }

    private static double Ticks(ApiKeyRecord? key, string secret)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1_000; i++)
            ApiKeySecret.Verify(key, secret);
        return Stopwatch.GetTimestamp() - started;
    }
}
