namespace Kinora.Rendering.Parallax;

/// <summary>How a warp kernel fetches texels.</summary>
internal enum WarpInstructions
{
    /// <summary>One by one; runs everywhere.</summary>
    Portable,

    /// <summary>Eight pairs with an AVX2 gather.</summary>
    Gather,

    /// <summary>Whole runs of 128 texels, picked from by AVX-512 byte permutes: neighbours in the output are neighbours in the texture.</summary>
    Permute,
}
