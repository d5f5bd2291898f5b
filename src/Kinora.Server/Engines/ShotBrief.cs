namespace Kinora.Server.Engines;

/// <summary>One shot of a clip.</summary>
/// <param name="Prompt">What happens, in the caller's words; may be empty.</param>
/// <param name="Duration">How long, above zero.</param>
public sealed record ShotBrief(string Prompt, TimeSpan Duration);
