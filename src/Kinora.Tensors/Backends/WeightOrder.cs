namespace Kinora.Tensors.Backends;

/// <summary>Which numbers lie together in the panels of packed weights.</summary>
internal enum WeightOrder
{
    /// <summary>A row of 32 columns for every k; for multiply-adds.</summary>
    Rows,

    /// <summary>For every two k a word of two bfloat16 per column (int8: two rows, widened to that when read); for dot products.</summary>
    Pairs,

    /// <summary>For every four k a word of four bytes per column; for dot products.</summary>
    Quads,
}
