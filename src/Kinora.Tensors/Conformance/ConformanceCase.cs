using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance;

/// <summary>One operation on one set of shapes, types, numbers and options, and what it must give.</summary>
public sealed class ConformanceCase
{
    private readonly Func<IBackend, TensorScope, (Tensor Actual, double[] Expected)> _body;

    internal ConformanceCase(string op, string name, double tolerance, Func<IBackend, TensorScope, (Tensor Actual, double[] Expected)> body) =>
        (Op, Name, Tolerance, _body) = (op, name, tolerance, body);

    /// <summary>The operation's name.</summary>
    public string Op { get; }

    /// <summary>Shapes, types and options in words; unique within the operation.</summary>
    public string Name { get; }

    /// <summary>The largest allowed error: difference to the naive result in double, divided by the largest naive result.</summary>
    public double Tolerance { get; }

    /// <summary>
    /// The tolerance on a back end whose products round what they read (<see cref="IBackend.Precision"/>): bfloat16 keeps 8 bits, int8 rows 7, and
    /// in attention an error of the scores is an error of the exponents.
    /// </summary>
    public double ToleranceFor(ProductPrecision precision) => Math.Max(Tolerance, (Rounds, precision) switch
    {
        (false, _) or (_, ProductPrecision.Float32) => 0,
        (_, ProductPrecision.BFloat16) when Op != "Attention" => 8e-3,
        _ => 2e-2,
    });

    /// <summary>True if the operation may round what it reads.</summary>
    internal bool Rounds => Op is "Linear" or "Attention" or "Convolution" or "TransposedConvolution";

    /// <summary>Runs the case on a back end. Everything it allocates is freed again.</summary>
    public ConformanceResult Run(IBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        try
        {
            using var scope = new TensorScope(backend.Memory);
            var (actual, expected) = _body(backend, scope);
            return new ConformanceResult(this, Samples.Error(Samples.Values(actual), expected), null) { Tolerance = ToleranceFor(backend.Precision) };
        }
        catch (TensorException exception)
        {
            return new ConformanceResult(this, double.PositiveInfinity, exception.Message);
        }
    }

    /// <summary>Operation and name.</summary>
    public override string ToString() => $"{Op} {Name}";
}
