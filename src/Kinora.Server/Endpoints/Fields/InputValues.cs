using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>The values of an object's fields, read and with defaults filled in.</summary>
public sealed class InputValues
{
    private readonly Dictionary<InputField, object?> _sound = [];

    internal InputValues(JsonObject source) => Source = source;

    /// <summary>The object as it came.</summary>
    internal JsonObject Source { get; }

    /// <summary>The value of a field: its default when it was left out, and the type's own default if there is none.</summary>
    /// <exception cref="KeyNotFoundException">The object has no such field, or its value was refused.</exception>
    public T? Get<T>(InputField<T> field) => (T?)_sound[field];

    /// <summary>Whether the field was given, and not as null.</summary>
    public bool IsGiven(InputField field) => Source[field.Name] is not null;

    internal bool IsSound(InputField field) => _sound.ContainsKey(field);

    internal void Read(InputField field, IReadOnlyList<object> at, ICollection<Violation> violations)
    {
        var isPresent = Source.TryGetPropertyValue(field.Name, out var given);
        if (!isPresent && field.IsRequired)
        {
            violations.Add(Violations.Missing([.. at, field.Name], Source));
        }
        else if (given is null && !field.IsRequired)
        {
            _sound[field] = field.DefaultValue;
        }
        else if (field.TryReadValue(given, [.. at, field.Name], violations, out var value))
        {
            _sound[field] = value;
        }
    }
}
