namespace Kinora.Rendering.Effects;

/// <summary>A row effect at one moment.</summary>
internal interface IRowBend
{
    /// <summary>Moves the nodes of one output row, in picture pixels.</summary>
    void Bend(float row, Span<float> x, Span<float> y);
}
