namespace Kinora.Server.Tls;

/// <summary>The names for which a local certificate speaks.</summary>
internal static class HostedNames
{
    /// <summary>The hosted service's names that clients have built in. They lead here only where a hosts file says so.</summary>
    public static IReadOnlyList<string> Hosted { get; } =
        ["fal.run", "queue.fal.run", "rest.fal.ai", "rest.alpha.fal.ai", "v3.fal.media", "v3b.fal.media", "api.fal.ai"];

    /// <summary>
    /// This machine's own names. OpenSSL takes no wildcard that has fewer than two labels behind it, so what Python makes of
    /// <c>FAL_RUN_HOST=localhost</c>, <c>queue.localhost</c>, stands beside <c>*.localhost</c>.
    /// </summary>
    public static IReadOnlyList<string> Local { get; } = ["localhost", "queue.localhost", "*.localhost", "127.0.0.1", "::1"];

    /// <summary>All names of a certificate in order, without repetitions.</summary>
    /// <param name="own">This server's further names or addresses.</param>
    public static IReadOnlyList<string> With(IEnumerable<string> own) =>
        [.. Local.Concat(own.Select(name => name.Trim('[', ']'))).Concat(Hosted).Distinct(StringComparer.OrdinalIgnoreCase)];
}
