using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Wrong shapes, types, ranks, axes, options and overlaps for every operation.</summary>
internal static class RefusalList
{
    public static IReadOnlyList<RefusalCase> Cases { get; } =
    [
        new("Linear", "another depth", (b, s) => b.Linear(s.Zeros([2, 3]), Weights(b, s, 4, 5), s.Zeros([2, 4]))),
        new("Linear", "another output shape", (b, s) => b.Linear(s.Zeros([2, 5]), Weights(b, s, 4, 5), s.Zeros([2, 5]))),
        new("Linear", "a bfloat16 operand", (b, s) => b.Linear(s.Zeros([2, 5], DType.BFloat16), Weights(b, s, 4, 5), s.Zeros([2, 4]))),
        new("Linear", "its input as output", (b, s) => { var x = s.Zeros([5, 5]); b.Linear(x, Weights(b, s, 5, 5), x); }),
        new("Linear", "an output that overlaps its input", (b, s) => { var x = s.Zeros([9, 5]); b.Linear(x.Slice(0, 0, 5), Weights(b, s, 5, 5), x.Slice(0, 4, 5)); }),
        new("Linear", "a repeated output", (b, s) => b.Linear(s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([1, 5]).Expand([3, 5]))),
        new("Linear", "gaps between columns", (b, s) => b.Linear(s.Zeros([5, 3]).Permute(1, 0), Weights(b, s, 5, 5), s.Zeros([3, 5]))),
        new("Linear", "a bias of another length", (b, s) => b.Linear(s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([3, 5]), new Epilogue { Bias = s.Zeros([4]) })),
        new("Linear", "a residual of another shape", (b, s) => b.Linear(s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([3, 5]), new Epilogue { Residual = s.Zeros([5]) })),
        new("Linear", "gates without groups", (b, s) => b.Linear(s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([3, 5]), new Epilogue { Gate = s.Zeros([2, 5]) })),
        new("Linear", "a group that is not there", (b, s) => b.Linear(
            s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([3, 5]), new Epilogue { Gate = s.Zeros([2, 5]), GateGroups = s.From<int>([0, 1, 2], [3]) })),
        new("Linear", "an unknown activation", (b, s) => b.Linear(s.Zeros([3, 5]), Weights(b, s, 5, 5), s.Zeros([3, 5]), new Epilogue { Activation = (Activation)9 })),
        new("Linear", "a convolution's weights", (b, s) => b.Linear(s.Zeros([3, 5]), s.Add(b.PackConvolution(s.Zeros([5, 5, 1]), WeightFormat.Float32)), s.Zeros([3, 5]))),
        new("PackLinear", "a vector", (b, s) => b.PackLinear(s.Zeros([5]), WeightFormat.Float32)),
        new("PackLinear", "integers", (b, s) => b.PackLinear(s.Zeros([5, 5], DType.Int32), WeightFormat.Float32)),
        new("PackLinear", "an unknown format", (b, s) => b.PackLinear(s.Zeros([5, 5]), (WeightFormat)9)),
        new("PackConvolution", "a kernel without positions", (b, s) => b.PackConvolution(s.Zeros([5, 5, 0]), WeightFormat.Float32)),
        new("PackConvolution", "a kernel of 2⁴⁰ positions", (b, s) => b.PackConvolution(s.Zeros([0, 0, 1L << 40]), WeightFormat.Float32)),
        new("PackTransposedConvolution", "a stride of 0", (b, s) => b.PackTransposedConvolution(s.Zeros([5, 5, 3]), 0, WeightFormat.Float32)),
        new("MatMul", "depths that differ", (b, s) => b.MatMul(s.Zeros([2, 3]), s.Zeros([4, 2]), s.Zeros([2, 2]))),
        new("MatMul", "batches that do not broadcast", (b, s) => b.MatMul(s.Zeros([2, 2, 3]), s.Zeros([3, 3, 2]), s.Zeros([2, 2, 2]))),
        new("MatMul", "a vector", (b, s) => b.MatMul(s.Zeros([3]), s.Zeros([3, 2]), s.Zeros([2]))),
        new("Attention", "a head size of 12", (b, s) => b.Attention(s.Zeros([1, 1, 2, 12]), s.Zeros([1, 1, 2, 12]), s.Zeros([1, 1, 2, 12]), s.Zeros([1, 1, 2, 12]))),
        new("Attention", "more values than keys", (b, s) => b.Attention(s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 3, 8]), s.Zeros([1, 1, 2, 8]))),
        new("Attention", "a key count beyond the keys", (b, s) =>
            b.Attention(s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), new AttentionOptions { KeyCounts = [3] })),
        new("Attention", "a bias that does not broadcast", (b, s) =>
            b.Attention(s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), new AttentionOptions { Bias = s.Zeros([1, 1, 3, 2]) })),
        new("Attention", "its queries as output", (b, s) => { var q = s.Zeros([1, 1, 2, 8]); b.Attention(q, s.Zeros([1, 1, 2, 8]), s.Zeros([1, 1, 2, 8]), q); }),
        new("Convolution", "a kernel longer than the axis", (b, s) => b.Convolution(s.Zeros([1, 2, 3]), s.Add(b.PackConvolution(s.Zeros([2, 3, 5]), WeightFormat.Float32)), s.Zeros([1, 1, 2]), new())),
        new("Convolution", "other channels", (b, s) => b.Convolution(s.Zeros([1, 9, 4]), s.Add(b.PackConvolution(s.Zeros([2, 3, 5]), WeightFormat.Float32)), s.Zeros([1, 5, 2]), new())),
        new("Convolution", "frames in a sequence", (b, s) => b.Convolution(s.Zeros([1, 9, 3]), s.Add(b.PackConvolution(s.Zeros([2, 3, 3, 1, 1]), WeightFormat.Float32)), s.Zeros([1, 9, 2]), new())),
        new("Convolution", "a negative padding", (b, s) =>
            b.Convolution(s.Zeros([1, 9, 3]), s.Add(b.PackConvolution(s.Zeros([2, 3, 3]), WeightFormat.Float32)), s.Zeros([1, 7, 2]), new() { PadColumns = (-1, 1) })),
        new("Convolution", "a reflection wider than the axis", (b, s) => b.Convolution(
            s.Zeros([1, 3, 3]), s.Add(b.PackConvolution(s.Zeros([2, 3, 3]), WeightFormat.Float32)), s.Zeros([1, 7, 2]), new() { PadColumns = (3, 3), SpaceMode = PaddingMode.Reflect })),
        new("TransposedConvolution", "an output that is too long", (b, s) =>
            b.TransposedConvolution(s.Zeros([1, 3, 2]), s.Add(b.PackTransposedConvolution(s.Zeros([2, 2, 3]), 2, WeightFormat.Float32)), s.Zeros([1, 8, 2]), 0)),
        new("RmsNorm", "a weight of another length", (b, s) => b.RmsNorm(s.Zeros([2, 3]), s.Zeros([2, 3]), new NormOptions { Weight = s.Zeros([2]) })),
        new("RmsNorm", "a negative epsilon", (b, s) => b.RmsNorm(s.Zeros([2, 3]), s.Zeros([2, 3]), new NormOptions { Epsilon = -1 })),
        new("LayerNorm", "a scalar", (b, s) => b.LayerNorm(s.Zeros([]), s.Zeros([]))),
        new("GroupNorm", "groups that do not divide", (b, s) => b.GroupNorm(s.Zeros([1, 2, 10]), s.Zeros([1, 2, 10]), 3)),
        new("RmsNorm", "an unknown activation", (b, s) => b.RmsNorm(s.Zeros([2, 3]), s.Zeros([2, 3]), new NormOptions { Activation = (Activation)9 })),
        new("Rope", "an unknown layout", (b, s) => b.Rope(s.Zeros([2, 4]), s.Zeros([2, 2]), s.Zeros([2, 2]), s.Zeros([2, 4]), (RopeLayout)9)),
        new("Rope", "an odd size", (b, s) => b.Rope(s.Zeros([2, 3]), s.Zeros([2, 1]), s.Zeros([2, 1]), s.Zeros([2, 3]), RopeLayout.Split)),
        new("Rope", "tables of full width", (b, s) => b.Rope(s.Zeros([2, 4]), s.Zeros([2, 4]), s.Zeros([2, 4]), s.Zeros([2, 4]), RopeLayout.Split)),
        new("Softmax", "another output shape", (b, s) => b.Softmax(s.Zeros([2, 3]), s.Zeros([3, 2]))),
        new("Unary", "half an overlap", (b, s) => { var x = s.Zeros([5]); b.Unary(UnaryOp.Abs, x.Slice(0, 0, 4), x.Slice(0, 1, 4)); }),
        new("Unary", "an unknown function", (b, s) => b.Unary((UnaryOp)99, s.Zeros([5]), s.Zeros([5]))),
        new("Binary", "shapes that do not broadcast", (b, s) => b.Binary(BinaryOp.Add, s.Zeros([2, 3]), s.Zeros([2]), s.Zeros([2, 3]))),
        new("Binary", "an output that is not the broadcast shape", (b, s) => b.Binary(BinaryOp.Add, s.Zeros([3]), s.Zeros([3]), s.Zeros([2, 3]))),
        new("Affine", "integers", (b, s) => b.Affine(s.Zeros([3], DType.Int32), 1, 0, s.Zeros([3]))),
        new("Reduce", "another rank", (b, s) => b.Reduce(ReduceOp.Sum, s.Zeros([2, 3]), s.Zeros([2]))),
        new("Reduce", "a length between", (b, s) => b.Reduce(ReduceOp.Sum, s.Zeros([2, 4]), s.Zeros([2, 2]))),
        new("SpaceToDepth", "a picture that is no multiple", (b, s) => b.SpaceToDepth(s.Zeros([1, 1, 3, 4, 1]), s.Zeros([1, 1, 2, 2, 4]))),
        new("DepthToSpace", "too few channels", (b, s) => b.DepthToSpace(s.Zeros([1, 1, 2, 2, 3]), s.Zeros([1, 1, 4, 4, 1]))),
        new("Gather", "an index beyond the table", (b, s) => b.Gather(s.Zeros([3, 2]), s.From<int>([3], [1]), s.Zeros([1, 2]))),
        new("Gather", "a negative index", (b, s) => b.Gather(s.Zeros([3, 2]), s.From<int>([-1], [1]), s.Zeros([1, 2]))),
        new("ResizeBilinear", "an empty picture", (b, s) => b.ResizeBilinear(s.Zeros([1, 0, 2, 1]), s.Zeros([1, 2, 2, 1]))),
        new("Copy", "another shape", (b, s) => b.Copy(s.Zeros([2, 3]), s.Zeros([6]))),
        new("Copy", "a shift by one", (b, s) => { var x = s.Zeros([9]); b.Copy(x.Slice(0, 0, 8), x.Slice(0, 1, 8)); }),
        new("FillNormal", "gaps", (b, s) => b.FillNormal(s.Zeros([3, 4]).Permute(1, 0), 1, 1)),
        new("Allocate", "more than the budget", (b, s) => s.Empty([b.Memory.BudgetBytes])),
        new("Shape", "more than 2⁶² elements", (b, s) => s.Empty([1L << 31, 1L << 31, 2])),
        new("Shape", "a negative length", (b, s) => s.Empty([2, -1])),
        new("Slice", "beyond an axis", (b, s) => s.Empty([2, 3]).Slice(1, 2, 2)),
        new("Reshape", "another number of elements", (b, s) => s.Empty([2, 3]).Reshape([4])),
        new("Reshape", "a turned tensor", (b, s) => s.Empty([2, 3]).Permute(1, 0).Reshape([6])),
        new("Permute", "an axis twice", (b, s) => s.Empty([2, 3]).Permute(1, 1)),
        new("Expand", "an axis of length 3 to 4", (b, s) => s.Empty([2, 3]).Expand([2, 4])),
    ];

    private static PackedWeights Weights(IBackend backend, TensorScope scope, int n, int k) => scope.Add(backend.PackLinear(scope.Zeros([n, k]), WeightFormat.Float32));
}
