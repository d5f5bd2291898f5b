namespace Kinora.Rendering;

/// <summary>One shot of a clip: what happens, and how long.</summary>
/// <param name="Prompt">What happens, in the caller's words, English or Chinese; may be empty.</param>
/// <param name="Duration">How long, above zero.</param>
public sealed record Shot(string Prompt, TimeSpan Duration);
