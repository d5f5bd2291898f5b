namespace Kinora.Server.Keys;

/// <summary>
/// Reads <c>Authorization: Key &lt;key_id&gt;:&lt;key_secret&gt;</c>. <c>Bearer</c> is taken too, with the same value, for tools that know nothing else.
/// </summary>
/// <param name="KeyId">Says which key; no secret.</param>
/// <param name="Secret">Proves it.</param>
internal readonly record struct ApiKeyHeader(string KeyId, string Secret)
{
    private const int MaxLength = 1_024;

    /// <summary>Parses the value of the header.</summary>
    /// <returns>False if it is of another scheme, lacks a part, or is absurdly long.</returns>
    public static bool TryParse(string value, out ApiKeyHeader header)
    {
        header = default;
        if (value.Length > MaxLength) return false;
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !IsKnownScheme(value.AsSpan(0, space))) return false;

        var credentials = value[(space + 1)..].Trim();
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == credentials.Length - 1) return false;

        header = new ApiKeyHeader(credentials[..colon], credentials[(colon + 1)..]);
        return true;
    }

    /// <summary>Says which key, never the secret: this value may end up in a log.</summary>
    public override string ToString() => $"Key {KeyId}:***";

    private static bool IsKnownScheme(ReadOnlySpan<char> scheme) =>
        scheme.Equals("Key", StringComparison.OrdinalIgnoreCase) || scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
}
