using System.Net;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>The model hub refused, failed, or sent something else than it promised.</summary>
public sealed class HubException : DiffusionException
{
    /// <summary>Says what happened.</summary>
    public HubException(string message, bool canRetry, Exception? inner = null)
        : base(message, inner) => CanRetry = canRetry;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool CanRetry { get; }

    /// <summary>How long the hub asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What an answer that is not a success means.</summary>
    internal static HubException Of(HttpResponseMessage answer)
    {
        var url = answer.RequestMessage?.RequestUri;
        var code = (int)answer.StatusCode;
        var advice = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "It wants an account that has accepted its terms: set HF_TOKEN to a token of one.",
            HttpStatusCode.NotFound => "It is not there (any more): check the name, the revision and the mirror.",
            HttpStatusCode.RequestedRangeNotSatisfiable => "The file is shorter than its listing says.",
            _ => "Try again later, or from a mirror.",
        };
        return new HubException($"{url} answered {code}. {advice}", code is 408 or 429 || code >= 500) { RetryAfter = WaitOf(answer) };
    }

    private static TimeSpan? WaitOf(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta;
}
