namespace Kinora.Client;

/// <summary>Where the server is and how to speak to it. The defaults are the hosted service's addresses.</summary>
public sealed record KinoraClientOptions
{
    /// <summary>Base address of synchronous runs, ending in a slash. Default <c>https://fal.run/</c>.</summary>
    public Uri RunAddress { get; init; } = new("https://fal.run/");

    /// <summary>Base address of the queue, ending in a slash. Default <c>https://queue.fal.run/</c>.</summary>
    public Uri QueueAddress { get; init; } = new("https://queue.fal.run/");

    /// <summary>Base address of uploads, ending in a slash. Default <c>https://rest.fal.ai/</c>.</summary>
    public Uri RestAddress { get; init; } = new("https://rest.fal.ai/");

    /// <summary>The API key, <c>id:secret</c>; null sends none, which a Kinora server on the same machine accepts. It goes to the addresses above and nowhere else.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Whether the server answers a repeated <c>Idempotency-Key</c> with its first answer. Only then is a submit sent again after a failure:
    /// elsewhere that could start, and bill, the work twice. Default false, since the hosted service knows no such header.
    /// </summary>
    public bool ReplaysSubmits { get; init; }

    /// <summary>How often a call that is safe to repeat is tried in all, 1 or more. Default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The wait before the second attempt; it doubles for each further one. Default half a second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The wait between two looks at a request's status. Default half a second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a URL is on one of the server's addresses, and not where the server sent us to.</summary>
    internal bool IsOfServer(Uri url) => RunAddress.IsBaseOf(url) || QueueAddress.IsBaseOf(url) || RestAddress.IsBaseOf(url);

    /// <summary>The options for a Kinora server: runs and uploads at its root, the queue under <c>/queue</c>, and submits that may be repeated.</summary>
    /// <param name="server">Its address, for example <c>http://localhost:8080</c>; a path is kept as a prefix.</param>
    /// <param name="key">The API key, <c>id:secret</c>, or null.</param>
    /// <exception cref="ArgumentException">The address is not an absolute http or https URL.</exception>
    public static KinoraClientOptions ForServer(Uri server, string? key = null)
    {
        if (!server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"Expected an http or https address such as http://localhost:8080, got '{server}'.", nameof(server));
        }

        var root = new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        return new() { RunAddress = root, QueueAddress = new Uri(root, "queue/"), RestAddress = root, Key = key, ReplaysSubmits = true };
    }
}
