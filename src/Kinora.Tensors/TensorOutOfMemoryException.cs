namespace Kinora.Tensors;

/// <summary>A tensor does not fit into its memory's budget, or the system has no more memory.</summary>
public sealed class TensorOutOfMemoryException : TensorException
{
    internal TensorOutOfMemoryException(long requestedBytes, long inUseBytes, long budgetBytes, Exception? inner = null)
        : base("Allocate", $"{requestedBytes} bytes do not fit: {inUseBytes} of a budget of {budgetBytes} bytes are in use" + (inner is null ? "." : ", and the system refused."), inner) =>
        (RequestedBytes, InUseBytes, BudgetBytes) = (requestedBytes, inUseBytes, budgetBytes);

    /// <summary>The size of the tensor that did not fit, in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary>Bytes held by living tensors at that moment.</summary>
    public long InUseBytes { get; }

    /// <summary>The budget in bytes.</summary>
    public long BudgetBytes { get; }
}
