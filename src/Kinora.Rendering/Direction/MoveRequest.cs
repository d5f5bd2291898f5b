using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Direction;

/// <summary>A move as the prompt asks for it, before it has a place in time.</summary>
/// <param name="Move">The move's name.</param>
/// <param name="Heading">Which way; none where the move has no direction.</param>
/// <param name="Amount">Strength by the words around it.</param>
/// <param name="Easing">How speed comes and goes.</param>
/// <param name="Step">Step of the sequence.</param>
/// <param name="Source">The words.</param>
/// <param name="IsImplied">Whether it gives way to what the camera itself is told.</param>
/// <param name="HasOwnHeading">Whether the words say which way; "crane shot" alone does not.</param>
internal sealed record MoveRequest(string Move, Heading Heading, double Amount, Easing Easing, int Step, string Source, bool IsImplied = false, bool HasOwnHeading = true);
