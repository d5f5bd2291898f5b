namespace Kinora.Diffusion;

/// <summary>How numbers are kept, or how far products may round what they read.</summary>
public enum NumberFormat
{
    /// <summary>4 bytes, exact.</summary>
    Float32,

    /// <summary>2 bytes, 8 bits of fraction.</summary>
    BFloat16,

    /// <summary>1 byte and a factor per row.</summary>
    Int8,
}
