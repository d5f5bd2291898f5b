using System.Globalization;
using System.Text.Json;
using Kinora.Jobs.Files;

namespace Kinora.Server.Uploads;

/// <summary>The list with which a client completes a multipart upload, and what can be wrong with it.</summary>
internal static class PartList
{
    /// <summary>The highest part number.</summary>
    public const int MaxNumber = 10_000;

    /// <summary>Reads <c>{"parts": [{"partNumber": 1, "etag": "\"…\""}]}</c>, in whatever order, and gives the parts in theirs.</summary>
    /// <exception cref="FormatException">It has another form; the message is for the caller.</exception>
    public static IReadOnlyList<ListedPart> Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("parts", out var parts) || parts.ValueKind != JsonValueKind.Array)
                throw new FormatException();
            return [.. parts.EnumerateArray().Take(MaxNumber + 1).Select(Read).OrderBy(part => part.Number)];
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The body must be JSON such as {\"parts\": [{\"partNumber\": 1, \"etag\": \"…\"}]}.", problem);
        }
    }

    /// <summary>Holds the list against the parts that have come: all of them, once each, with the content that they have now, from 1 without a gap, and none empty but the last.</summary>
    /// <param name="listed">In order.</param>
    /// <param name="come">In order.</param>
    public static UploadRefusal? FindFault(IReadOnlyList<ListedPart> listed, IReadOnlyList<UploadPart> come)
    {
        if (listed.Count == 0) return UploadRefusal.BadRequest("A multipart upload must have at least one part.");
        for (var i = 0; i < Math.Max(listed.Count, come.Count); i++)
        {
            if (FindFault(i + 1, i < listed.Count ? listed[i] : null, i < come.Count ? come[i] : null) is { } fault) return UploadRefusal.BadRequest(fault);
        }

        var empty = come.Take(come.Count - 1).FirstOrDefault(part => part.LengthBytes == 0);
        return empty is null
            ? null
            : UploadRefusal.BadRequest(string.Create(CultureInfo.InvariantCulture, $"Part {empty.Number} of {come.Count} is empty; only the last may be. The file was cut wrongly: upload it again."));
    }

    private static string? FindFault(int number, ListedPart? listed, UploadPart? part)
    {
        if (part is null || part.Number != number) return string.Create(CultureInfo.InvariantCulture, $"Part {number} has not come.");
        if (listed is not { } given) return string.Create(CultureInfo.InvariantCulture, $"Part {number} has come but is not listed.");
        if (given.Number != number) return string.Create(CultureInfo.InvariantCulture, $"Parts must be listed once each and without a gap; where part {number} should be, part {given.Number} is.");
        return given.Tag == part.Tag ? null : string.Create(CultureInfo.InvariantCulture, $"Part {number} has the etag {part.Tag}, not the one that is listed.");
    }

    private static ListedPart Read(JsonElement part) => new(part.GetProperty("partNumber").GetInt32(), (part.GetProperty("etag").GetString() ?? string.Empty).Trim('"'));
}
