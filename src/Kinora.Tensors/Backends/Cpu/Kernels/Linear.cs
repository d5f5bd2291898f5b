using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// y = epilogue(x · Wᵀ). x is packed into row panels by all threads, then tasks of rows × columns are multiplied (see
/// <see cref="PanelProduct{S, V}"/>). Column rests are zero columns of the last panel, never stored. Tolerance against the naive twin: 2·10⁻⁶ of the
/// largest result for float weights.
/// </summary>
internal static unsafe class Linear<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int PanelsPerTask = 4;

    public static void Run(CpuContext cpu, Tensor x, PackedWeights weights, Tensor output, Epilogue? epilogue)
    {
        using var check = new OpCheck("Linear");
        check.Input("x", x);
        cpu.Weights(check, weights, rank: 2);
        check.Output("output", output);
        check.Rank("x", x, 1, Shape.MaxRank);
        if (x.Shape[-1] != weights.Depth)
            throw check.Fail($"x must have {weights.Depth} elements along its innermost axis for weights {weights.Shape}, got {x}.");
        check.Shape("output", output, [.. x.Shape.AsSpan()[..^1], weights.Outputs]);
        check.DenseRows("x", x);
        check.DenseRows("output", output);
        check.Apart("output", output, "x", x);
        var rows = new RowMap(x.Layout);
        var panels = new WeightPanels(weights);
        var store = new EpilogueStore<S, V>(output, rows.Count).WithScale(panels.Scales).With(check, epilogue, output);
        Multiply(cpu, x.Floats(), rows, weights.Depth, panels, weights.Outputs, store);
    }

    private static void Multiply(CpuContext cpu, float* x, RowMap rows, long depth, WeightPanels weights, long columns, EpilogueStore<S, V> store)
    {
        using var packed = Tensor.Allocate(cpu.Memory, DType.Float32, [rows.Count, weights.Steps]);
        using var scales = weights.Order == WeightOrder.Quads ? Tensor.Allocate(cpu.Memory, DType.Float32, [rows.Count]) : null;
        nint noOffset = 0;
        var offset = &noOffset;
        var panels = new PackedRows<S, V>(packed.Floats(), rows.Count, weights.Steps);
        var blocks = PackedRows<S, V>.Blocks(weights.Steps, offset);
        cpu.Team.Run((panels.Count + PanelsPerTask - 1) / PanelsPerTask, (task, worker) =>
        {
            var scratch = weights.Order == WeightOrder.Rows ? null : (uint*)cpu.Scratch(worker, DotPanels<S, V>.ScratchFloats);
            for (var panel = task * PanelsPerTask; panel < Math.Min(panels.Count, (task + 1) * PanelsPerTask); panel++)
            {
                switch (weights.Order)
                {
                    case WeightOrder.Pairs: DotPanels<S, V>.PackPairs(panels, panel, blocks, x, rows, depth, scratch); break;
                    case WeightOrder.Quads: DotPanels<S, V>.PackQuads(panels, panel, blocks, x, rows, depth, scratch, scales!.Floats()); break;
                    default: panels.Pack(0, panel, blocks, x, rows, 0, 1); break;
                }
            }
        });
        if (scales is not null)
            store.WithBytes(scales.Floats(), weights.Sums);
        PanelProduct<S, V>.Run(cpu, 1, panels, blocks, weights, columns, store);
    }
}
