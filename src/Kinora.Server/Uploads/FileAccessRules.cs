using System.Text.Json;

namespace Kinora.Server.Uploads;

/// <summary>Who may read a file besides its owner, who always may.</summary>
/// <param name="Default">For everyone without a rule of their own.</param>
/// <param name="Rules">By owner: the id of an API key.</param>
internal sealed record FileAccessRules(FileDecision Default, IReadOnlyDictionary<string, FileDecision> Rules)
{
    private const int MostRules = 100;

    /// <summary>What becomes of a reader.</summary>
    /// <param name="reader">Who asks; null for someone without a key.</param>
    public FileDecision Decide(string? reader) => reader is not null && Rules.TryGetValue(reader, out var decision) ? decision : Default;

    /// <summary>Reads rules that <see cref="ToJson"/> wrote.</summary>
    public static FileAccessRules Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Reads <c>{"default": "hide", "rules": [{"user": "…", "decision": "allow"}]}</c>.</summary>
    /// <exception cref="FormatException">It has another form; the message is for the caller.</exception>
    public static FileAccessRules Read(JsonElement acl)
    {
        if (acl.ValueKind != JsonValueKind.Object) throw new FormatException("initial_acl must be an object");
        var byDefault = acl.TryGetProperty("default", out var value) ? ReadDecision(value) : FileDecision.Allow;
        var rules = new Dictionary<string, FileDecision>(StringComparer.Ordinal);
        if (!acl.TryGetProperty("rules", out var list) || list.ValueKind == JsonValueKind.Null) return new FileAccessRules(byDefault, rules);

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostRules) throw new FormatException($"initial_acl.rules must be a list of at most {MostRules} rules");
        foreach (var rule in list.EnumerateArray())
        {
            if (rule.ValueKind != JsonValueKind.Object || !rule.TryGetProperty("user", out var user) || user.ValueKind != JsonValueKind.String || !rule.TryGetProperty("decision", out var decision))
                throw new FormatException("each of initial_acl.rules must have a user and a decision");
            rules[user.GetString()!] = ReadDecision(decision);
        }

        return new FileAccessRules(byDefault, rules);
    }

    /// <summary>Writes the rules as they came, without what means nothing.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("default", NameOf(Default));
        writer.WriteStartArray("rules");
        foreach (var (user, decision) in Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("user", user);
            writer.WriteString("decision", NameOf(decision));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The rules as JSON text.</summary>
    public string ToJson() => StoredJson.Of(Write);

    private static FileDecision ReadDecision(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "allow" => FileDecision.Allow,
            "hide" => FileDecision.Hide,
            "forbid" => FileDecision.Forbid,
            _ => throw Unknown(value),
        }
        : throw Unknown(value);

    private static FormatException Unknown(JsonElement value) => new($"a decision of initial_acl must be allow, hide or forbid; it was {Shorten(value.GetRawText())}");

    private static string Shorten(string text) => text.Length <= 50 ? text : text[..50] + "…";

    private static string NameOf(FileDecision decision) => decision switch
    {
        FileDecision.Hide => "hide",
        FileDecision.Forbid => "forbid",
        _ => "allow",
    };
}
