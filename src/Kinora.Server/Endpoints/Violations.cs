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

    /// <summary>A limit was broken; its context names the limit, for example <c>{"ge": 0}</c>.</summary>
    public static Violation Beyond(IReadOnlyList<object> at, string type, string limitName, JsonNode limit, string message, JsonNode? value) =>
        new(at, message, type, new JsonObject { [limitName] = limit }, InputExcerpt.Of(value));

    public static Violation BelowMinimum(IReadOnlyList<object> at, JsonNode minimum, JsonNode? value) =>
        Beyond(at, "greater_than_equal", "ge", minimum, $"Input should be greater than or equal to {minimum.ToJsonString()}", value);

    public static Violation AboveMaximum(IReadOnlyList<object> at, JsonNode maximum, JsonNode? value) =>
        Beyond(at, "less_than_equal", "le", maximum, $"Input should be less than or equal to {maximum.ToJsonString()}", value);

    public static Violation StringTooLong(IReadOnlyList<object> at, int maxLength, JsonNode? value) =>
        Beyond(at, "string_too_long", "max_length", maxLength, $"String should have at most {maxLength} characters", value);

    /// <summary>What Pydantic makes of a validator's <c>ValueError</c>: FastAPI cannot write the exception, so its context is an empty object.</summary>
    public static Violation BrokenRule(IReadOnlyList<object> at, string message, JsonNode? value) =>
        new(at, "Value error, " + message, "value_error", new JsonObject { ["error"] = new JsonObject() }, InputExcerpt.Of(value));
}
