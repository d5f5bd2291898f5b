using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>A field whose value, once read, is a <typeparamref name="T"/>.</summary>
public abstract class InputField<T> : InputField
{
    private protected InputField(string name)
        : base(name)
    {
    }

    /// <summary>What stands for the field when it is left out or null. Default: nothing.</summary>
    public T? Default { get; init; }

    /// <inheritdoc/>
    public override JsonNode? DefaultJson => Default switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        double number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        _ => null,
    };

    internal override object? DefaultValue => Default;

    /// <summary>Reads a value that was given. Adds every violation and returns false if there is one.</summary>
    internal abstract bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out T? value);

    internal override bool TryReadValue(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out object? value)
    {
        var isRead = TryRead(given, at, violations, out var typed);
        value = typed;
        return isRead;
    }

    /// <summary>Adds a violation; always false, so that a reader can return it.</summary>
    private protected static bool Refuse(ICollection<Violation> violations, Violation violation)
    {
        violations.Add(violation);
        return false;
    }
}
