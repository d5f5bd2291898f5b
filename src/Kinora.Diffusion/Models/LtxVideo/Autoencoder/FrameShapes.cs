using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>Parts of the shape [frames, rows, columns, channels].</summary>
internal static class FrameShapes
{
    /// <summary>[rows, columns, channels].</summary>
    public static Shape Frame(this Shape shape) => [.. shape.AsSpan()[1..]];
}
