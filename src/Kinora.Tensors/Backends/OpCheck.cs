namespace Kinora.Tensors.Backends;

/// <summary>
/// Checks the operands of one call and keeps their memory alive until it ends. Every back end checks with it before it touches memory, so that a
/// wrong call is an exception that names the operation, what was expected and what came.
/// </summary>
internal sealed class OpCheck(string op) : IDisposable
{
    private readonly List<TensorStorage> _uses = new(6);

    /// <summary>Registers an operand that is read.</summary>
    public Tensor Input(string name, Tensor? tensor, DType dtype = DType.Float32)
    {
        Use(name, tensor);
        if (tensor!.DType != dtype)
            throw Fail($"{name} must be {dtype}, got {tensor}.");
        return tensor;
    }

    /// <summary>Registers an operand that may be missing.</summary>
    public Tensor? Optional(string name, Tensor? tensor, DType dtype = DType.Float32) => tensor is null ? null : Input(name, tensor, dtype);

    /// <summary>Registers an operand of any of several types.</summary>
    public Tensor InputOf(string name, Tensor? tensor, params ReadOnlySpan<DType> dtypes)
    {
        Use(name, tensor);
        if (!dtypes.Contains(tensor!.DType))
            throw Fail($"{name} must be {string.Join(" or ", dtypes.ToArray())}, got {tensor}.");
        return tensor;
    }

    /// <summary>Registers packed weights.</summary>
    public PackedWeights Weights(PackedWeights? weights, int rank)
    {
        if (weights is null)
            throw Fail("weights are null.");
        Use("weights", weights.Panels);
        if (weights.Scales is { } scales)
            Use("scales", scales);
        if (weights.Shape.Rank != rank)
            throw Fail($"expected packed weights with {rank} axes, got {weights.Shape}.");
        return weights;
    }

    /// <summary>Registers an operand that is written.</summary>
    public Tensor Output(string name, Tensor? tensor, DType dtype = DType.Float32)
    {
        var output = Input(name, tensor, dtype);
        Writable(name, output);
        return output;
    }

    /// <summary>Registers an operand of any type that is written.</summary>
    public Tensor OutputOfAnyType(string name, Tensor? tensor)
    {
        Use(name, tensor);
        Writable(name, tensor!);
        return tensor!;
    }

    /// <summary>Demands an exact shape.</summary>
    public void Shape(string name, Tensor tensor, Shape expected)
    {
        if (tensor.Shape != expected)
            throw Fail($"{name} must have shape {expected}, got {tensor}.");
    }

    /// <summary>Demands a number of axes.</summary>
    public void Rank(string name, Tensor tensor, int least, int most)
    {
        if (tensor.Shape.Rank < least || tensor.Shape.Rank > most)
            throw Fail($"{name} must have {(least == most ? $"{least}" : $"{least} to {most}")} axes, got {tensor}.");
    }

    /// <summary>Demands that vectors along the innermost axis have no gaps.</summary>
    public void DenseRows(string name, Tensor tensor)
    {
        if (tensor.Shape.Rank > 0 && tensor.Shape[-1] > 1 && tensor.Layout.Stride(-1) != 1)
            throw Fail($"{name} must be dense along its innermost axis, got {tensor}.");
    }

    /// <summary>Demands that the elements lie densely in order.</summary>
    public void Dense(string name, Tensor tensor)
    {
        if (!tensor.IsContiguous)
            throw Fail($"{name} must be dense, got {tensor}.");
    }

    /// <summary>Demands a member of an enumeration.</summary>
    public void Defined<T>(string name, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw Fail($"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}, got {value}.");
    }

    /// <summary>
    /// Demands that an output shares no element with an input, except that it may be exactly the same view if <paramref name="orSame"/>.
    /// </summary>
    public void Apart(string outputName, Tensor output, string inputName, Tensor? input, bool orSame = false)
    {
        if (input is null || !Overlap.Between(output, input) || (orSame && Overlap.IsSame(output, input)))
            return;
        throw Fail($"{outputName} ({output}) overlaps {inputName} ({input}).");
    }

    /// <summary>The exception to throw.</summary>
    public TensorException Fail(string detail) => new(op, detail);

    /// <summary>Ends the uses.</summary>
    public void Dispose()
    {
        foreach (var storage in _uses)
            storage.EndUse();
        _uses.Clear();
    }

    private void Use(string name, Tensor? tensor)
    {
        if (tensor is null)
            throw Fail($"{name} is null.");
        tensor.Storage.BeginUse();
        _uses.Add(tensor.Storage);
    }

    private void Writable(string name, Tensor tensor)
    {
        if (tensor.IsReadOnly)
            throw Fail($"{name} ({tensor}) is read-only.");
        for (var axis = 0; axis < tensor.Shape.Rank; axis++)
        {
            if (tensor.Shape[axis] > 1 && tensor.Layout.Strides[axis] == 0)
                throw Fail($"{name} ({tensor}) repeats elements and can't be written.");
        }
    }
}
