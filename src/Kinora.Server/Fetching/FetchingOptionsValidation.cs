using Microsoft.Extensions.Options;

namespace Kinora.Server.Fetching;

/// <summary>Holds <see cref="FetchingOptions"/> against their documented bounds when the server starts.</summary>
internal sealed class FetchingOptionsValidation : IValidateOptions<FetchingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, FetchingOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(FetchingOptions options)
    {
        foreach (var host in options.AllowedPrivateHosts)
        {
            if (!OpenedHosts.IsEntry(host, out var problem))
                yield return $"{nameof(FetchingOptions.AllowedPrivateHosts)}: '{host}' {problem}.";
        }

        foreach (var port in options.AllowedPorts.Where(port => port is < 1 or > 65535))
            yield return $"{nameof(FetchingOptions.AllowedPorts)}: {port} is not between 1 and 65535.";
        if (Outside(options.ConnectTimeout, 60) is { } connect)
            yield return $"{nameof(FetchingOptions.ConnectTimeout)}{connect}";
        if (Outside(options.FirstByteTimeout, 120) is { } firstByte)
            yield return $"{nameof(FetchingOptions.FirstByteTimeout)}{firstByte}";
        if (Outside(options.MinimumRateWindow, 60) is { } window)
            yield return $"{nameof(FetchingOptions.MinimumRateWindow)}{window}";
        if (options.MinimumBytesPerSecond is < 0 or > 1_000_000)
            yield return $"{nameof(FetchingOptions.MinimumBytesPerSecond)}: {options.MinimumBytesPerSecond} is not between 0 and 1000000.";
        if (options.MaxConcurrentFetches is < 1 or > 1024)
            yield return $"{nameof(FetchingOptions.MaxConcurrentFetches)}: {options.MaxConcurrentFetches} is not between 1 and 1024.";
    }

    private static string? Outside(TimeSpan value, int maxSeconds) =>
        value.TotalSeconds < 0.1 || value.TotalSeconds > maxSeconds ? $": {value} is not between 0.1 s and {maxSeconds} s." : null;
}
