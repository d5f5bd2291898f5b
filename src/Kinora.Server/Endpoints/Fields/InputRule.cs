namespace Kinora.Server.Endpoints.Fields;

/// <summary>
/// Something that must hold between fields, or over the items of one. It is checked when the fields that it looks at are sound, whatever the others are,
/// so that a caller sees everything at once.
/// </summary>
/// <param name="Over">The fields it looks at.</param>
/// <param name="FindFault">Says what is wrong, or null when nothing is.</param>
public sealed record InputRule(IReadOnlyList<InputField> Over, Func<InputValues, string?> FindFault)
{
    /// <summary>The field that a violation points at; null for the object as a whole.</summary>
    public InputField? At { get; init; }
}
