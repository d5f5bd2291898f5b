using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// output = scale · a · b for tensors with any strides. Both operands are packed by all threads (rows into row panels, columns into panels of 32),
/// then multiplied like a linear layer. Tolerance against the naive twin: 2·10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class MatMul<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int Width = RegisterTile<S, V, Float32Weights<S, V>>.PanelWidth;

    public static void Run(CpuContext cpu, Tensor a, Tensor b, Tensor output, float scale)
    {
        using var check = new OpCheck("MatMul");
        check.Input("a", a);
        check.Input("b", b);
        check.Output("output", output);
        check.Rank("a", a, 2, Shape.MaxRank);
        check.Rank("b", b, 2, Shape.MaxRank);
        var (m, k, n) = (a.Shape[-2], a.Shape[-1], b.Shape[-1]);
        if (b.Shape[-2] != k)
            throw check.Fail($"a has {k} columns and b {b.Shape[-2]} rows: a is {a}, b is {b}.");
        var batch = Shape.Broadcast("MatMul", Outer(a), Outer(b));
        check.Shape("output", output, [.. batch.AsSpan(), m, n]);
        check.DenseRows("output", output);
        check.Apart("output", output, "a", a);
        check.Apart("output", output, "b", b);
        if (output.Shape.ElementCount == 0)
            return;
        Multiply(cpu, a.Layout.Expand([.. batch.AsSpan(), m, k]), a.Floats(), b.Layout.Expand([.. batch.AsSpan(), k, n]), b.Floats(), output, scale);
    }

    private static Shape Outer(Tensor tensor) => new(tensor.Shape.AsSpan()[..^2]);

    private static void Multiply(CpuContext cpu, Layout a, float* left, Layout b, float* right, Tensor output, float scale)
    {
        var (m, k, n) = (a.Shape[-2], a.Shape[-1], b.Shape[-1]);
        var batches = output.Shape.ElementCount / (m * n);
        var columns = (n + Width - 1) / Width;
        using var rowPanels = Tensor.Allocate(cpu.Memory, DType.Float32, [batches, m, k]);
        using var columnPanels = Tensor.Allocate(cpu.Memory, DType.Float32, [batches, columns, k, Width]);
        nint noOffset = 0;
        var offset = &noOffset;
        var rows = new PackedRows<S, V>(rowPanels.Floats(), m, k);
        var blocks = PackedRows<S, V>.Blocks(k, offset);
        var (leftRows, leftStep) = (new RowMap(a), a.Strides[^1]);
        cpu.Team.Run(batches * rows.Count, (task, _) => rows.Pack(task / rows.Count, task % rows.Count, blocks, left, leftRows, task / rows.Count * m, leftStep));
        var (matrices, rightStrides) = (new RowMap(b, joined: 2), (Row: (nint)b.Strides[^2], Column: (nint)b.Strides[^1]));
        var target = columnPanels.Floats();
        cpu.Team.Run(batches * columns, (task, _) =>
        {
            var (matrix, panel) = Math.DivRem(task, columns);
            var source = right + matrices.OffsetOf(matrix) + (panel * Width * rightStrides.Column);
            PackColumns(source, rightStrides.Row, rightStrides.Column, k, (int)Math.Min(Width, n - (panel * Width)), target + (task * k * Width));
        });
        var store = new EpilogueStore<S, V>(output, m).WithScale(null, scale);
        PanelProduct<S, V>.Run(cpu, batches, rows, blocks, new WeightPanels(target, k, columns * k * Width), n, store);
    }

    private static void PackColumns(float* source, nint rowStep, nint columnStep, long depth, int count, float* target)
    {
        long done = 0;
        if (rowStep == 1)
        {
            // A transposed operand: columns are dense, so blocks of them are turned.
            for (; done + S.Lanes <= depth; done += S.Lanes)
            {
                for (var n = 0; n < count; n += S.Lanes)
                    S.Transpose(source + (n * columnStep) + done, columnStep, Math.Min(S.Lanes, count - n), target + (done * Width) + n, Width);
                for (var k = done; count < Width && k < done + S.Lanes; k++)
                    new Span<float>(target + (k * Width) + count, Width - count).Clear();
            }
        }

        for (var k = done; k < depth; k++)
        {
            for (var n = 0; n < Width; n++)
                target[(k * Width) + n] = n < count ? source[(k * rowStep) + (n * columnStep)] : 0;
        }
    }
}
