using System.Globalization;

namespace Kinora.Server.Faults;

/// <summary>
/// Reads <c>x-kinora-fault</c>:
/// <code>
/// plan     = fault *("," fault)                      each at most once, blanks around them ignored
/// fault    = "instant"                               a tiny valid clip in milliseconds; the pictures are not fetched
///          / "queue=" duration                       stays queued at least this long
///          / "delay=" duration                       each attempt runs this much longer
///          / "fail=" error-type [times]              attempts fail with it; without times: every attempt
///          / "runner_crash" [times]                  attempts lose their worker; without times: the first one
///          / call "=" status [times]                 calls are answered with it; without times: the first one
///          / "drop_stream" [times]                   status streams break after one event; without times: the first one
///          / "webhook=" ("duplicate" / "lose" / "delay" [":" duration])      the delay without duration: 30 s
/// call     = "submit" / "status" / "result" / "cancel"
/// status   = 400 to 599
/// times    = "x" 1 to 1000
/// duration = number ("ms" / "s" / "m")               at most 60 m
/// </code>
/// </summary>
internal static class FaultPlanParser
{
    private const int MaxLength = 1_000;
    private const int MaxTimes = 1_000;

    private static readonly TimeSpan s_webhookDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Reads a plan.</summary>
    /// <exception cref="FormatException">It is malformed; the message is for the caller.</exception>
    public static FaultPlan Parse(string text)
    {
        if (text.Length > MaxLength) throw new FormatException($"{FaultGate.Header} must have at most {MaxLength} characters.");
        var plan = new FaultPlan { Text = text };
        var seen = new HashSet<string>();
        foreach (var fault in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (name, value) = fault.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (fault[..at].TrimEnd(), fault[(at + 1)..].TrimStart()) : (fault, null);
            var (bare, times) = value is null ? SplitTimes(name) : (name, null);
            if (!seen.Add(bare)) throw new FormatException($"{FaultGate.Header} names {bare} twice.");
            plan = Add(plan, bare, value, times) ?? throw Malformed(fault);
        }

        return plan;
    }

    // Null if there is no such fault.
    private static FaultPlan? Add(FaultPlan plan, string name, string? value, int? times) => (name, value) switch
    {
        ("instant", null) when times is null => plan with { Instant = true },
        ("runner_crash", null) => plan with { CrashingAttempts = times ?? 1 },
        ("drop_stream", null) => plan with { DroppedStreams = times ?? 1 },
        ("queue", { } duration) => plan with { Queue = ReadDuration(duration) },
        ("delay", { } duration) => plan with { Delay = ReadDuration(duration) },
        ("fail", { } error) => AddFailure(plan, error),
        ("webhook", { } fate) => AddWebhook(plan, fate),
        ("submit", { } answer) => AddAnswer(plan, FaultyCall.Submit, answer),
        ("status", { } answer) => AddAnswer(plan, FaultyCall.Status, answer),
        ("result", { } answer) => AddAnswer(plan, FaultyCall.Result, answer),
        ("cancel", { } answer) => AddAnswer(plan, FaultyCall.Cancel, answer),
        _ => null,
    };

    private static FaultPlan AddFailure(FaultPlan plan, string value)
    {
        var (type, times) = SplitTimes(value);
        return ErrorTypes.TryFind(type, out _)
            ? plan with { Fail = type, FailingAttempts = times ?? int.MaxValue }
            : throw new FormatException($"{FaultGate.Header}: '{Shorten(type)}' is no error type. There are: {string.Join(", ", ErrorTypes.All.Select(known => known.Name))}.");
    }

    private static FaultPlan? AddWebhook(FaultPlan plan, string value) => value.Split(':') switch
    {
        ["duplicate"] => plan with { Webhook = WebhookFault.Duplicate },
        ["lose"] => plan with { Webhook = WebhookFault.Lose },
        ["delay"] => plan with { Webhook = WebhookFault.Delay, WebhookDelay = s_webhookDelay },
        ["delay", var duration] => plan with { Webhook = WebhookFault.Delay, WebhookDelay = ReadDuration(duration) },
        _ => null,
    };

    private static FaultPlan? AddAnswer(FaultPlan plan, FaultyCall call, string value)
    {
        var (code, times) = SplitTimes(value);
        return int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and <= 599
            ? plan with { Answers = new Dictionary<FaultyCall, FaultyAnswer>(plan.Answers) { [call] = new(status, times ?? 1) } }
            : null;
    }

    private static (string Text, int? Times) SplitTimes(string text)
    {
        var at = text.LastIndexOf('x');
        if (at < 1 || at == text.Length - 1 || !text.AsSpan(at + 1).ContainsOnlyDigits()) return (text, null);
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= MaxTimes
            ? (text[..at], times)
            : throw new FormatException($"{FaultGate.Header}: after x comes 1 to {MaxTimes}; it was '{Shorten(text)}'.");
    }

    private static TimeSpan ReadDuration(string text)
    {
        var digits = text.TrimEnd('m', 's');
        double? unit = text[digits.Length..] switch { "ms" => 0.001, "s" => 1, "m" => 60, _ => null };
        var isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return isNumber && number * unit <= s_longest.TotalSeconds
            ? TimeSpan.FromSeconds(number * unit!.Value)
            : throw new FormatException($"{FaultGate.Header}: a duration is a number with ms, s or m, at most 60m, for example 2s; it was '{Shorten(text)}'.");
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static FormatException Malformed(string fault) => new(
        $"{FaultGate.Header}: '{Shorten(fault)}' is no fault. There are instant, queue=2s, delay=2s, fail=TYPE, runner_crash, submit=503x2 (or status, result, cancel), "
        + "drop_stream, webhook=duplicate, webhook=lose and webhook=delay:5s.");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
