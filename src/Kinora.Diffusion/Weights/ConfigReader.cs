using System.Text.Json;

namespace Kinora.Diffusion.Weights;

/// <summary>Reads a model's configuration, believing no value before it is in its range.</summary>
internal sealed class ConfigReader
{
    private readonly string _model;
    private readonly JsonElement _json;

    /// <summary>Reads an object.</summary>
    /// <param name="model">What it configures, for messages.</param>
    /// <param name="json">The object.</param>
    /// <exception cref="CheckpointException">It is not an object.</exception>
    public ConfigReader(string model, JsonElement json)
    {
        (_model, _json) = (model, json);
        if (json.ValueKind != JsonValueKind.Object)
            throw new CheckpointException($"The configuration of the {model} should be an object and is {json.ValueKind}.");
    }

    /// <summary>Parses text that holds an object.</summary>
    /// <exception cref="CheckpointException">It is not JSON.</exception>
    public static JsonElement Parse(string model, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"The configuration of the {model} is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>True if there is such a value, and it is not null.</summary>
    public bool Has(string name) => _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A whole number.</summary>
    public int Integer(string name, int least, int most, int? otherwise = null)
    {
        if (!Has(name))
            return otherwise ?? throw new CheckpointException($"The configuration of the {_model} has no '{name}'.");
        return _json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number : throw Wrong(name, $"a whole number from {least} to {most}");
    }

    /// <summary>A number.</summary>
    public double Number(string name, double least, double most, double otherwise)
    {
        if (!Has(name))
            return otherwise;
        return _json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is var number && number >= least && number <= most
            ? number : throw Wrong(name, $"a number from {least} to {most}");
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!Has(name))
            return otherwise;
        return _json.GetProperty(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : throw Wrong(name, "true or false");
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name)
    {
        if (!Has(name))
            return null;
        return _json.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : throw Wrong(name, "a text");
    }

    /// <summary>A list, each item read by a function; null if it is not there.</summary>
    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, T?> read)
    {
        if (!Has(name))
            return null;
        if (_json.GetProperty(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() > 64)
            throw Wrong(name, "a list of at most 64 items");
        return [.. array.EnumerateArray().Select(item => read(item) is { } value ? value : throw Wrong(name, $"a list of {typeof(T).Name}"))];
    }

    /// <summary>A list of whole numbers; null if it is not there.</summary>
    public IReadOnlyList<int>? Integers(string name, int least, int most) =>
        List(name, item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= least && number <= most
            ? number : throw Wrong(name, $"whole numbers from {least} to {most}"));

    /// <summary>Demands one of some texts, if there is one at all.</summary>
    public void Expect(string name, params ReadOnlySpan<string> allowed)
    {
        if (Text(name) is { } value && !allowed.Contains(value))
            throw new CheckpointException($"The {_model} has {name} '{value}', which this version can't run; it can run {string.Join(", ", allowed.ToArray())}.");
    }

    /// <summary>An exception for a value that is not what it should be.</summary>
    public CheckpointException Wrong(string name, string expected) =>
        new($"In the configuration of the {_model}, '{name}' should be {expected} and is {Shorten(Has(name) ? _json.GetProperty(name).GetRawText() : "missing")}.");

    private static string Shorten(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
