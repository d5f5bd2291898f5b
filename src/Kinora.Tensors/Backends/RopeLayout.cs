namespace Kinora.Tensors.Backends;

/// <summary>Which two channels of a vector are rotated together.</summary>
public enum RopeLayout
{
    /// <summary>Channels 2i and 2i + 1.</summary>
    Interleaved,

    /// <summary>Channels i and i + D/2.</summary>
    Split,
}
