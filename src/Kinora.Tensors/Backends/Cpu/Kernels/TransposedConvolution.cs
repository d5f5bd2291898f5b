using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Transposed convolution of a sequence as one plain convolution with stride·N channels: those of position q are the outputs q·stride … q·stride +
/// stride - 1, which in a channels-last layout is already the longer sequence. Tolerance against the naive twin: 3·10⁻⁶ of the largest result for
/// float weights.
/// </summary>
internal static unsafe class TransposedConvolution<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static void Run(CpuContext cpu, Tensor x, PackedWeights weights, Tensor output, int padding, Tensor? bias)
    {
        using var check = new OpCheck("TransposedConvolution");
        check.Input("x", x);
        cpu.Weights(check, weights, rank: 4);
        check.Output("output", output);
        check.Rank("x", x, 3, 3);
        check.Rank("output", output, 3, 3);
        check.Dense("x", x);
        check.Apart("output", output, "x", x);
        var (stride, channels, kernel) = (weights.Shape[0], weights.Shape[2], weights.Shape[3]);
        if (x.Shape[2] != channels)
            throw check.Fail($"x must have {channels} channels, got {x}.");
        var full = x.Shape[1] == 0 ? 0 : ((x.Shape[1] - 1) * stride) + kernel;
        var length = output.Shape[1];
        if (padding < 0 || length > Math.Max(0, full - padding))
            throw check.Fail($"{x.Shape[1]} positions give {full}, less a padding of {padding}; got a padding of {padding} and output {output}.");
        check.Shape("output", output, [x.Shape[0], length, weights.Outputs]);
        if (check.Optional("bias", bias) is { } b)
            check.Shape("bias", b, [weights.Outputs]);
        if (output.Shape.ElementCount > 0)
            Multiply(cpu, check, x, weights, output, padding, bias);
    }

    private static void Multiply(CpuContext cpu, OpCheck check, Tensor x, PackedWeights weights, Tensor output, int padding, Tensor? bias)
    {
        var (stride, channels, kernel) = (weights.Shape[0], weights.Shape[2], weights.Shape[3]);
        var taps = (int)((kernel + stride - 1) / stride);
        var options = new ConvolutionOptions { PadColumns = (taps - 1, taps - 1) };
        var plan = new ConvolutionPlan(check, x.Shape, [stride * weights.Outputs, channels, 1, 1, taps], options, weights.Order);
        using var phases = Tensor.Allocate(cpu.Memory, DType.Float32, [x.Shape[0], plan.OutColumns, stride * weights.Outputs]);
        var panels = new WeightPanels(weights);
        var store = new EpilogueStore<S, V>(phases, 0).WithScale(panels.Scales);
        Convolution<S, V>.Multiply(cpu, plan, x.Floats(), x.Shape[0], panels, weights, stride * weights.Outputs, store);
        var result = phases.Reshape([x.Shape[0], plan.OutColumns * stride, weights.Outputs]).Slice(1, padding, output.Shape[1]);
        if (bias is null)
            Copy<S, V>.Run(cpu, result, output);
        else
            Binary<S, V>.Run(cpu, BinaryOp.Add, result, bias, output);
    }
}
