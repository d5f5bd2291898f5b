namespace Kinora.Diffusion.Weights;

/// <summary>Weights that can't be used: missing, damaged, of another model or version, of the wrong shape or type, or not finite.</summary>
public sealed class CheckpointException : DiffusionException
{
    /// <summary>Says what is wrong.</summary>
    public CheckpointException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
