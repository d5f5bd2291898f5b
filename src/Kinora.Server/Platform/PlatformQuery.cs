using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary>A query string, read with its checks: what cannot be understood is refused, never ignored.</summary>
internal readonly struct PlatformQuery(IQueryCollection query)
{
    private const int MostEndpoints = 50;
    private const int MostOffset = 1_000_000;

    /// <summary>A single word, or null.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>How many items a page has.</summary>
    public int Limit(int standard, int most)
    {
        if (Text("limit") is not { } text)
            return standard;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit);
        return isNumber && limit >= 1 && limit <= most
            ? limit
            : throw PlatformRefusedException.Invalid($"limit must be a whole number from 1 to {most}.");
    }

    /// <summary>Where the page begins, or null for the first.</summary>
    public long? Position(string list) => Text("cursor") is { } cursor ? Cursor.Read(list, cursor) : null;

    /// <summary>How many items come before the page, for lists that are counted off.</summary>
    public int Offset(string list) => Position(list) switch
    {
        null => 0,
        <= MostOffset and var offset => (int)offset,
        _ => throw PlatformRefusedException.Invalid("cursor is beyond the end of this list."),
    };

    /// <summary>Endpoint ids, given repeatedly or with commas, at most 50; empty if none were given.</summary>
    public IReadOnlyList<string> Endpoints()
    {
        var ids = Words("endpoint_id").Distinct().ToList();
        return ids.Count <= MostEndpoints ? ids : throw PlatformRefusedException.Invalid($"At most {MostEndpoints} endpoint ids may be given at once.");
    }

    /// <summary>What to include, from a fixed choice.</summary>
    public IReadOnlyList<string> Expand(IReadOnlyList<string> choice)
    {
        var words = Words("expand").ToList();
        return words.Find(word => !choice.Contains(word)) is null
            ? words
            : throw PlatformRefusedException.Invalid($"expand takes {string.Join(", ", choice)}.");
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool standard) => Text(name)?.ToLowerInvariant() switch
    {
        null => standard,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw PlatformRefusedException.Invalid($"{name} must be true or false."),
    };

    private IEnumerable<string> Words(string name) =>
        query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
