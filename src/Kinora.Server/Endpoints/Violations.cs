using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>
/// The violations that several kinds of field share, in the words of Pydantic 2 (docs.pydantic.dev/latest/errors/validation_errors)
/// and of the hosted service's error reference.
/// </summary>
internal static class Violations
{
    public static Violation Missing(IReadOnlyList<object> at, JsonNode? owner) =>
        new(at, "Field required", "missing", Input: InputExcerpt.Of(owner));

    public static Violation WrongType(IReadOnlyList<object> at, string type, string message, JsonNode? value) =>
        new(at, message, type, Input: InputExcerpt.Of(value));

    public static Violation BelowMinimum(IReadOnlyList<object> at, double minimum, JsonNode? value) =>
        new(at, string.Create(CultureInfo.InvariantCulture, $"Input should be greater than or equal to {minimum}"), "greater_than_equal", new JsonObject { ["ge"] = minimum }, InputExcerpt.Of(value));

    public static Violation AboveMaximum(IReadOnlyList<object> at, double maximum, JsonNode? value) =>
        new(at, string.Create(CultureInfo.InvariantCulture, $"Input should be less than or equal to {maximum}"), "less_than_equal", new JsonObject { ["le"] = maximum }, InputExcerpt.Of(value));

    public static Violation StringTooLong(IReadOnlyList<object> at, int maxLength, JsonNode? value) =>
        new(at, $"String should have at most {maxLength} characters", "string_too_long", new JsonObject { ["max_length"] = maxLength }, InputExcerpt.Of(value));

    /// <summary>What Pydantic makes of a validator's <c>ValueError</c>: FastAPI cannot write the exception, so its context is an empty object.</summary>
    public static Violation BrokenRule(IReadOnlyList<object> at, string message, JsonNode? value) =>
        new(at, "Value error, " + message, "value_error", new JsonObject { ["error"] = new JsonObject() }, InputExcerpt.Of(value));
}
