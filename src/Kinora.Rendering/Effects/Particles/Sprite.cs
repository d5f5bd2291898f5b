namespace Kinora.Rendering.Effects.Particles;

/// <summary>A soft ellipse on the screen, in pixels.</summary>
/// <param name="X">Centre.</param>
/// <param name="Y">Centre.</param>
/// <param name="HalfWidth">Half its short side.</param>
/// <param name="HalfLength">Half its long side.</param>
/// <param name="Sine">Of the angle between its long side and straight down.</param>
/// <param name="Cosine">Of the same angle.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Colour">Luma and chroma codes.</param>
internal readonly record struct Sprite(float X, float Y, float HalfWidth, float HalfLength, float Sine, float Cosine, float Opacity, (byte Y, byte U, byte V) Colour)
{
    /// <summary>How much of it covers a point, 0 to 1.</summary>
    public float Cover(float x, float y, float softness, bool rim)
    {
        float dx = x - X, dy = y - Y;
        float along = (dx * Sine + dy * Cosine) / (HalfLength + 0.5f), across = (dx * Cosine - dy * Sine) / (HalfWidth + 0.5f);
        var distance = along * along + across * across;
        if (distance >= 1)
            return 0;
        var inside = (1 - distance) / (0.15f + 0.85f * softness);
        // A shell is thick where one looks along it; the light falls on its upper left.
        var shell = rim ? 0.10f + 0.75f * distance * distance + 0.6f * MathF.Max(0, 1 - 9 * ((dx / HalfWidth + 0.38f) * (dx / HalfWidth + 0.38f) + (dy / HalfLength + 0.42f) * (dy / HalfLength + 0.42f))) : 1;
        return shell * Opacity * (inside >= 1 ? 1 : inside * inside * (3 - 2 * inside));
    }
}
