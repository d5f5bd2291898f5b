using System.Globalization;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>The fields that more than one Kling endpoint has in the same form.</summary>
internal static class KlingFields
{
    /// <summary>Longest prompt in characters, as the family's documents say.</summary>
    public const int MaxPromptLength = 2500;

    /// <summary>Kinora's own addition: the hosted service takes no seed and ignores the field.</summary>
    public static IntegerField Seed { get; } = new("seed")
    {
        Description = "All chance comes from this number: the same input with the same seed gives the same clip. Without it, one is derived from the request. The answer says which was used.",
        Minimum = 0,
        Capability = "Reproducible by seed",
    };

    /// <summary>How the clip is cut into shots.</summary>
    public static EnumField ShotType { get; } = new("shot_type")
    {
        Description = "How the clip is cut into shots: `customize` keeps to the shots given, `intelligent` lets the engine cut a single prompt itself.",
        Options = ["customize", "intelligent"],
        Default = "customize",
    };

    /// <summary>The length of a clip of one shot.</summary>
    /// <param name="example">The documented example, or null where the documents show the default.</param>
    public static EnumField Duration(string? example = null) => new("duration")
    {
        Description = "Length of the video in seconds. Ignored when `multi_prompt` is given: then the shots' lengths add up.",
        Options = SecondsFrom(3),
        Default = "5",
        Examples = example is null ? [] : [example],
        Capability = "Duration control",
    };

    /// <summary>Whole seconds as strings, from the first to 15.</summary>
    public static IReadOnlyList<string> SecondsFrom(int first) =>
        [.. Enumerable.Range(first, 15 - first + 1).Select(second => second.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A duration as these endpoints spell it: whole seconds in a string.</summary>
    public static TimeSpan ToDuration(string seconds) => TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
}
