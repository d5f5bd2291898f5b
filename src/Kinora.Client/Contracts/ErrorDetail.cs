using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>One violation or one failure of a model, as an item of <see cref="ModelErrorBody.Detail"/>. Programs should look at <see cref="Type"/>, never at <see cref="Msg"/>.</summary>
public sealed record ErrorDetail
{
    /// <summary>Where: <c>body</c>, then field names (<see cref="string"/>) and list indices (<see cref="int"/>).</summary>
    [JsonConverter(typeof(LocationConverter))]
    public required IReadOnlyList<object> Loc { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Msg { get; init; }

    /// <summary>What is wrong, for programs, for example <c>missing</c> or <c>image_too_small</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Where the type is explained; null and not written for plain schema violations.</summary>
    public string? Url { get; init; }

    /// <summary>The numbers behind it, for example <c>{"ge": 0}</c>; null and not written if there are none.</summary>
    public JsonObject? Ctx { get; init; }

    /// <summary>The offending value, cut when long; null and not written if there is none.</summary>
    public JsonNode? Input { get; init; }
}
