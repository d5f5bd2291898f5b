namespace Kinora.Diffusion.TextEncoders;

/// <summary>What a text encoder makes of a text: one vector per token, padding left out.</summary>
/// <param name="Tokens">Tokens L, at least 1.</param>
/// <param name="Width">Numbers per token.</param>
/// <param name="Values">[L, Width], row by row.</param>
public sealed record TextEmbedding(int Tokens, int Width, ReadOnlyMemory<float> Values);
