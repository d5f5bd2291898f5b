using System.Globalization;
using Kinora.Jobs;
using Kinora.Server.Limits;
using Kinora.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>What the headers of a submit ask for. A value that cannot be understood is refused, not ignored.</summary>
internal sealed record SubmitHeaders
{
    private const int MaxIdempotencyKeyLength = 255;

    /// <summary>From <c>X-Fal-Queue-Priority</c>: <c>normal</c> or <c>low</c>.</summary>
    public JobPriority Priority { get; private init; }

    /// <summary>From <c>X-Fal-Request-Start-Timeout</c>, else from the older <c>X-Fal-Request-Timeout</c>; null if neither came.</summary>
    public TimeSpan? StartTimeout { get; private init; }

    /// <summary>From <c>X-Fal-No-Retry</c>: the job is started once only.</summary>
    public bool NoRetry { get; private init; }

    /// <summary>From <c>X-Fal-Store-IO</c>: false for <c>0</c>.</summary>
    public bool StorePayloads { get; private init; } = true;

    /// <summary>From <c>X-Fal-Object-Lifecycle-Preference</c>: expiry and access of the output's files; null if it did not come.</summary>
    public FileLifecycle? FileLifecycle { get; private init; }

    /// <summary>From <c>Idempotency-Key</c> or <c>X-Idempotency-Key</c>; null if neither came.</summary>
    public string? IdempotencyKey { get; private init; }

    /// <summary>From <c>X-Fal-Tags</c>: a JSON object; null if none came.</summary>
    public string? Tags { get; private init; }

    /// <summary>Reads the headers, or says in one sentence which one is wrong.</summary>
    /// <exception cref="FormatException">A header's value is malformed; the message is for the caller.</exception>
    public static SubmitHeaders Parse(IHeaderDictionary headers) => new()
    {
        Priority = ReadPriority(headers),
        StartTimeout = ReadSeconds(headers, WireHeaders.RequestStartTimeout) ?? ReadSeconds(headers, WireHeaders.RequestTimeout),
        NoRetry = ReadFlag(headers, WireHeaders.NoRetry) ?? false,
        StorePayloads = ReadFlag(headers, WireHeaders.StoreIo) ?? true,
        FileLifecycle = FileLifecycle.ReadPreference(headers),
        IdempotencyKey = ReadIdempotencyKey(headers),
        Tags = ReadTags(headers),
    };

    private static JobPriority ReadPriority(IHeaderDictionary headers) => Read(headers, WireHeaders.QueuePriority)?.ToLowerInvariant() switch
    {
        null or "normal" => JobPriority.Normal,
        "low" => JobPriority.Low,
        var other => throw Malformed(WireHeaders.QueuePriority, "normal or low", other),
    };

    // Clients insist on more than one second themselves, the documentation on more than 0.1; a year is beyond any queue.
    private static TimeSpan? ReadSeconds(IHeaderDictionary headers, string name)
    {
        if (Read(headers, name) is not { } text) return null;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        return isNumber && seconds is > 0 and <= 31_536_000 ? TimeSpan.FromSeconds(seconds) : throw Malformed(name, "a number of seconds above 0", text);
    }

    private static bool? ReadFlag(IHeaderDictionary headers, string name) => Read(headers, name)?.ToLowerInvariant() switch
    {
        null => null,
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        var other => throw Malformed(name, "1 or 0", other),
    };

    private static string? ReadTags(IHeaderDictionary headers) => Read(headers, WireHeaders.Tags) is not { } text
        ? null
        : RequestTags.TryRead(text)
            ?? throw Malformed(WireHeaders.Tags, $"1 to {RequestTags.MaxCount} pairs such as team=video,stage=ci, or a JSON object of strings", text);

    private static string? ReadIdempotencyKey(IHeaderDictionary headers)
    {
        var (plain, extension) = (Read(headers, WireHeaders.IdempotencyKey), Read(headers, WireHeaders.IdempotencyKeyExtension));
        if ((plain ?? extension) is not { } key) return null;
        if (extension is not null && extension != key)
            throw new FormatException($"{WireHeaders.IdempotencyKey} and {WireHeaders.IdempotencyKeyExtension} must be the same when both are sent.");
        var isPrintable = key.All(c => c is >= ' ' and <= '~');
        return isPrintable && key.Length <= MaxIdempotencyKeyLength
            ? key
            : throw Malformed(WireHeaders.IdempotencyKey, $"1 to {MaxIdempotencyKeyLength} printable ASCII characters", key);
    }

    private static string? Read(IHeaderDictionary headers, string name)
    {
        var text = headers[name].ToString().Trim();
        return text.Length == 0 ? null : text;
    }

    private static FormatException Malformed(string name, string expected, string came) =>
        new($"{name} must be {expected}; it was '{(came.Length <= 100 ? came : came[..100] + "…")}'.");
}
