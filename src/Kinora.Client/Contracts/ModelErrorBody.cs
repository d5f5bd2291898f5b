namespace Kinora.Client.Contracts;

/// <summary>The body of an answer in which the model or the validation of its input refused: a list, all reasons at once.</summary>
public sealed record ModelErrorBody
{
    /// <summary>Every reason, in the order of the input's fields.</summary>
    public required IReadOnlyList<ErrorDetail> Detail { get; init; }
}
