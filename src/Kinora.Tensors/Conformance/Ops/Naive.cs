using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Functions that several references use, in double.</summary>
internal static class Naive
{
    public static double Gelu(double x) => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    public static double Activate(Activation activation, double x) => activation switch
    {
        Activation.GeluTanh => Gelu(x),
        Activation.Silu => Silu(x),
        _ => x,
    };
}
