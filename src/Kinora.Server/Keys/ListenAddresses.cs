namespace Kinora.Server.Keys;

/// <summary>Tells whether a server can be reached from other machines, where it must ask for keys.</summary>
public static class ListenAddresses
{
    /// <summary>Whether every address, for example <c>http://localhost:8787</c>, is a loopback address or the name of one.</summary>
    /// <exception cref="FormatException">An address is no URL.</exception>
    public static bool AreLoopback(IEnumerable<string> addresses) => addresses.All(IsLoopback);

    /// <summary>Gives the reason why a server must not start on these addresses, or null if it may.</summary>
    /// <param name="addresses">What it will listen on, as URLs.</param>
    /// <param name="hasKeys">Whether any API key exists.</param>
    /// <param name="isForced">Whether whoever runs it has said that it may be open to its network.</param>
    public static string? FindObjection(IReadOnlyList<string> addresses, bool hasKeys, bool isForced)
    {
        if (hasKeys || isForced || AreLoopback(addresses)) return null;
        var open = string.Join(", ", addresses.Where(address => !IsLoopback(address)));
        return $"Refusing to listen on {open} without an API key: everyone who can reach it could use it. "
            + "Create a key (kinora keys create), listen on localhost, or allow open access explicitly.";
    }

    // Kestrel takes "*" and "+" for any address, which no URI parser does.
    private static bool IsLoopback(string address)
    {
        var separator = address.IndexOf("://", StringComparison.Ordinal);
        if (separator < 0) throw new FormatException($"A listen address must be a URL such as http://localhost:8787; it is '{address}'.");
        if (address.AsSpan(separator + 3) is ['*' or '+', ..]) return false;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            throw new FormatException($"A listen address must be a URL such as http://localhost:8787; it is '{address}'.");
        return HostNames.IsLoopback(uri.Host);
    }
}
