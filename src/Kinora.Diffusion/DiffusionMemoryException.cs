using Kinora.Tensors;

namespace Kinora.Diffusion;

/// <summary>A model or a film that does not fit into memory: take fewer pixels, fewer frames, or smaller weights.</summary>
public sealed class DiffusionMemoryException : DiffusionException
{
    internal DiffusionMemoryException(string what, TensorOutOfMemoryException exception)
        : base($"{what} does not fit into memory. {exception.Message} Take fewer pixels, fewer frames or smaller weights, or allow more memory.", exception)
    {
    }

    /// <summary>Runs work whose lack of memory is to be told so.</summary>
    internal static T Guard<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TensorOutOfMemoryException exception)
        {
            throw new DiffusionMemoryException(what, exception);
        }
    }
}
