using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance;

/// <summary>A call that a back end must refuse with a <see cref="TensorException"/> that names the operation and says what came.</summary>
public sealed class RefusalCase
{
    private readonly Action<IBackend, TensorScope> _call;

    internal RefusalCase(string op, string name, Action<IBackend, TensorScope> call) => (Op, Name, _call) = (op, name, call);

    /// <summary>The operation that is misused.</summary>
    public string Op { get; }

    /// <summary>What is wrong, in words.</summary>
    public string Name { get; }

    /// <summary>Makes the call; null if it is refused as it should be, else what happened instead.</summary>
    public string? Run(IBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        using var scope = new TensorScope(backend.Memory);
        try
        {
            _call(backend, scope);
            return "it was not refused";
        }
        catch (TensorException exception)
        {
            return exception.Op.StartsWith(Op, StringComparison.Ordinal) ? null : $"the message names another operation: {exception.Message}";
        }
    }

    /// <summary>Operation and name.</summary>
    public override string ToString() => $"{Op} refuses {Name}";
}
