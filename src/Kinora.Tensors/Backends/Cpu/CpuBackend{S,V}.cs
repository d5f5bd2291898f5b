using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Kernels;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>The CPU back end for one kind of vector: one line per operation, each in a file of its own under Kernels.</summary>
internal sealed class CpuBackend<S, V>(CpuContext cpu) : IBackend
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public string Name => $"cpu, {cpu.Set}{Dots}, {cpu.Team.Count} thread{(cpu.Team.Count == 1 ? string.Empty : "s")}";

    public TensorMemory Memory => cpu.Memory;

    public ProductPrecision Precision =>
        cpu.Has(DotKind.Int8) ? ProductPrecision.Int8 : cpu.Has(DotKind.BFloat16) ? ProductPrecision.BFloat16 : ProductPrecision.Float32;

    private string Dots => (cpu.Has(DotKind.BFloat16), cpu.Has(DotKind.Int8)) switch
    {
        (true, true) => " with bfloat16 and int8 products",
        (true, false) => " with bfloat16 products",
        (false, true) => " with int8 products",
        _ => string.Empty,
    };

    public PackedWeights PackLinear(Tensor weight, WeightFormat format) => PackWeights<S, V>.Linear(cpu, weight, format);

    public PackedWeights PackConvolution(Tensor weight, WeightFormat format) => PackWeights<S, V>.Convolution(cpu, weight, format);

    public PackedWeights PackTransposedConvolution(Tensor weight, int stride, WeightFormat format) => PackWeights<S, V>.Transposed(cpu, weight, stride, format);

    public void Linear(Tensor x, PackedWeights weights, Tensor output, Epilogue? epilogue = null) => Linear<S, V>.Run(cpu, x, weights, output, epilogue);

    public void MatMul(Tensor a, Tensor b, Tensor output, float scale = 1) => MatMul<S, V>.Run(cpu, a, b, output, scale);

    public void Attention(Tensor q, Tensor k, Tensor v, Tensor output, AttentionOptions? options = null) => Attention<S, V>.Run(cpu, q, k, v, output, options);

    public void Convolution(Tensor x, PackedWeights weights, Tensor output, ConvolutionOptions options, Epilogue? epilogue = null) =>
        Convolution<S, V>.Run(cpu, x, weights, output, options, epilogue);

    public void TransposedConvolution(Tensor x, PackedWeights weights, Tensor output, int padding, Tensor? bias = null) =>
        TransposedConvolution<S, V>.Run(cpu, x, weights, output, padding, bias);

    public void RmsNorm(Tensor x, Tensor output, NormOptions? options = null) => RowNorm<S, V>.Run(cpu, "RmsNorm", centred: false, x, output, options);

    public void LayerNorm(Tensor x, Tensor output, NormOptions? options = null) => RowNorm<S, V>.Run(cpu, "LayerNorm", centred: true, x, output, options);

    public void GroupNorm(Tensor x, Tensor output, int groups, NormOptions? options = null) => GroupNorm<S, V>.Run(cpu, x, output, groups, options);

    public void Rope(Tensor x, Tensor cos, Tensor sin, Tensor output, RopeLayout layout) => Rope<S, V>.Run(cpu, x, cos, sin, output, layout);

    public void Softmax(Tensor x, Tensor output) => Softmax<S, V>.Run(cpu, x, output);

    public void Unary(UnaryOp op, Tensor x, Tensor output) => Unary<S, V>.Run(cpu, op, x, output);

    public void Binary(BinaryOp op, Tensor a, Tensor b, Tensor output) => Binary<S, V>.Run(cpu, op, a, b, output);

    public void Affine(Tensor x, float factor, float summand, Tensor output) => Affine<S, V>.Run(cpu, x, factor, summand, output);

    public void Reduce(ReduceOp op, Tensor x, Tensor output) => Kernels.Reduce.Run(cpu, op, x, output);

    public void SpaceToDepth(Tensor x, Tensor output, PatchOrder order = PatchOrder.FrameRowColumn) =>
        SpaceToDepth<S, V>.Run(cpu, nameof(SpaceToDepth), x, output, order, toDepth: true);

    public void DepthToSpace(Tensor x, Tensor output, PatchOrder order = PatchOrder.FrameRowColumn) =>
        SpaceToDepth<S, V>.Run(cpu, nameof(DepthToSpace), output, x, order, toDepth: false);

    public void Gather(Tensor table, Tensor indices, Tensor output) => Kernels.Gather.Run(cpu, table, indices, output);

    public void ResizeBilinear(Tensor x, Tensor output) => Kernels.ResizeBilinear.Run(cpu, x, output);

    public void Copy(Tensor x, Tensor output) => Copy<S, V>.Run(cpu, x, output);

    public void Fill(Tensor output, float value) => Kernels.Fill.Run(cpu, output, value);

    public void FillNormal(Tensor output, ulong seed, ulong stream) => FillRandom.Run(cpu, nameof(FillNormal), output, seed, stream, normal: true);

    public void FillUniform(Tensor output, ulong seed, ulong stream) => FillRandom.Run(cpu, nameof(FillUniform), output, seed, stream, normal: false);

    public void Dispose() => cpu.Dispose();
}
