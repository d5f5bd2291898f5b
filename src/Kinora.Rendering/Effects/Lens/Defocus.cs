namespace Kinora.Rendering.Effects.Lens;

/// <summary>A blurred copy of the picture, and how much of it each node of the grid shows.</summary>
internal sealed record Defocus(BlurredSheet Sheet, NodeField Amount);
