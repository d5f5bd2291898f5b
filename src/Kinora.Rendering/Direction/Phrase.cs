using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Words that name something, in any inflection ("push in" also finds "pushes slowly in"). Chinese phrases are matched character by character.
/// </summary>
/// <param name="Text">One word or more, lower case.</param>
/// <param name="Heading">The way the phrase itself points, or none.</param>
/// <param name="NeedsCamera">The words mean other things too ("pan", "crane"): they count only where the camera is the subject or a sentence starts with them.</param>
/// <param name="Amount">How strong the phrase itself is, 1 = full.</param>
/// <param name="Implied">It speaks of somebody the camera goes with, or of how it is carried: it gives way to what the camera itself is told.</param>
/// <param name="Easing">An easing that the phrase implies, or null.</param>
internal sealed record Phrase(string Text, Heading Heading = Heading.None, bool NeedsCamera = false, double Amount = 1, Easing? Easing = null, bool Implied = false);
