namespace Kinora.Tensors;

/// <summary>
/// A tensor operation that can't be done: wrong shapes, dtypes, axes, overlapping or freed memory. The message says what was expected and what came.
/// </summary>
public class TensorException : Exception
{
    /// <summary>An error of one operation.</summary>
    /// <param name="op">The operation's name, for example <c>MatMul</c>; the message starts with it.</param>
    /// <param name="detail">What was expected and what came.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public TensorException(string op, string detail, Exception? inner = null)
        : base($"{op}: {detail}", inner) => Op = op;

    /// <summary>The name of the operation that failed.</summary>
    public string Op { get; }
}
