namespace Kinora.Rendering.Effects;

/// <summary>An effect that knows its picture. It takes part in a frame in one of the ways below it: <see cref="IGridEffect"/>, <see cref="IRowEffect"/>, <see cref="IDriftEffect"/>, <see cref="IUnderlay"/>, <see cref="IOverlay"/>.</summary>
internal interface IPreparedEffect;
