using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>
/// One thing that is wrong with an input, in FastAPI's and the hosted service's vocabulary.
/// All violations of an input are collected and answered at once as the list <c>detail</c> of a 422.
/// </summary>
/// <param name="Location">Where: <c>body</c>, then field names and list indices (strings and ints).</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Type">What is wrong, for programs, for example <c>missing</c> or <c>image_too_small</c>.</param>
/// <param name="Context">The numbers behind it, for example <c>{"ge": 0}</c>; null if there are none.</param>
/// <param name="Input">The offending value as it came; never raw bytes, and cut when long.</param>
public sealed record Violation(IReadOnlyList<object> Location, string Message, string Type, JsonObject? Context = null, JsonNode? Input = null);
