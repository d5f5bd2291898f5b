namespace Kinora.Diffusion;

/// <summary>A model, its weights or a request that can't be used. The message says what was expected, what came and what to do.</summary>
public class DiffusionException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public DiffusionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
