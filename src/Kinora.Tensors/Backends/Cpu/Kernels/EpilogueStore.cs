using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Takes finished rows of a product's tile through the epilogue and into the output:
/// <c>y = residual + gate · (activation(scale·product + bias) · factor)</c>. The row (1 KB) is in the first-level cache, so every part is a pass of
/// its own.
/// </summary>
internal sealed unsafe class EpilogueStore<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private readonly float* output;
    private readonly RowMap outputRows;
    private readonly long columns;
    private readonly long rowsPerBatch;
    private float* scales;
    private float scale = 1;
    private float* rowScales;
    private int* sums;
    private float* bias;
    private float* gate;
    private int* gateGroups;
    private float* factor;
    private RowMap factorRows;
    private float* residual;
    private RowMap residualRows;
    private Activation activation;

    /// <summary>
    /// Stores into <paramref name="output"/>, whose rows (all axes but the innermost) are numbered through, <paramref name="rowsPerBatch"/> per batch
    /// entry.
    /// </summary>
    public EpilogueStore(Tensor output, long rowsPerBatch)
    {
        this.output = output.Floats();
        outputRows = new RowMap(output.Layout);
        this.rowsPerBatch = rowsPerBatch;
        columns = output.Shape[-1];
    }

    /// <summary>The number of the first row that is stored next; a product that goes through its output in stretches sets it.</summary>
    public long FirstRow { get; set; }

    /// <summary>Multiplies every column with a number of its own, or all with one, before anything else.</summary>
    public EpilogueStore<S, V> WithScale(float* perColumn, float all = 1)
    {
        scales = perColumn;
        scale = all;
        return this;
    }

    /// <summary>
    /// The tile holds whole numbers Σ(a + 128)·w of a product of bytes: takes 128·Σw off and multiplies with the row's scale before anything else.
    /// </summary>
    public EpilogueStore<S, V> WithBytes(float* scalePerRow, int* sumPerColumn)
    {
        rowScales = scalePerRow;
        sums = sumPerColumn;
        return this;
    }

    /// <summary>Checks and adds the caller's epilogue.</summary>
    public EpilogueStore<S, V> With(OpCheck check, Epilogue? epilogue, Tensor output)
    {
        if (epilogue is null)
            return this;
        check.Defined("activation", epilogue.Activation);
        activation = epilogue.Activation;
        if (check.Optional("bias", epilogue.Bias) is { } b)
        {
            check.Shape("bias", b, [columns]);
            check.DenseRows("bias", b);
            check.Apart("output", output, "bias", b);
            bias = b.Floats();
        }

        var (lines, groups) = RowGroups.Check(check, "gate", epilogue.Gate, epilogue.GateGroups, columns, outputRows.Count, output);
        gate = (float*)lines;
        gateGroups = (int*)groups;
        factor = Rows(check, "factor", epilogue.Factor, output, out factorRows);
        residual = Rows(check, "residual", epilogue.Residual, output, out residualRows);
        return this;
    }

    /// <summary>Stores <paramref name="count"/> rows of <paramref name="width"/> columns from a tile; the tile's numbers are used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rows(long batch, long first, int count, long column, int width, float* tile, int tileStride)
    {
        for (var i = 0; i < count; i++, tile += tileStride)
        {
            var row = FirstRow + (batch * rowsPerBatch) + first + i;
            if (sums != null)
                FromBytes((int*)tile, sums + column, rowScales[row], width);
            if (scales != null || scale != 1)
                Scale(tile, scales == null ? null : scales + column, width);
            if (bias != null)
                Add(tile, bias + column, width);
            if (activation != Activation.None)
                Activate(tile, width);
            if (factor != null)
                Multiply(tile, factor + factorRows.OffsetOf(row) + column, width);
            if (gate != null)
                Multiply(tile, gate + (gateGroups == null ? 0 : gateGroups[row] * columns) + column, width);
            if (residual != null)
                Add(tile, residual + residualRows.OffsetOf(row) + column, width);
            Copy(tile, output + outputRows.OffsetOf(row) + column, width);
        }
    }

    private static float* Rows(OpCheck check, string name, Tensor? tensor, Tensor output, out RowMap rows)
    {
        rows = default;
        if (check.Optional(name, tensor) is not { } operand)
            return null;
        check.Shape(name, operand, output.Shape);
        check.DenseRows(name, operand);
        check.Apart("output", output, name, operand, orSame: true);
        rows = new RowMap(operand.Layout);
        return operand.Floats();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromBytes(int* tile, int* sums, float scale, int width)
    {
        // Tiles and sums are whole vectors wide.
        var factor = Vector512.Create(scale);
        for (var i = 0; i < width; i += 16)
        {
            var whole = Avx512F.Subtract(Avx512F.LoadVector512(tile + i), Avx512F.ShiftLeftLogical(Avx512F.LoadVector512(sums + i), 7));
            Avx512F.Store((float*)tile + i, Avx512F.Multiply(Avx512F.ConvertToVector512Single(whole), factor));
        }
    }

    // Tiles are whole vectors wide, so these may run over the last column; operands and the output are not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(float* tile, float* perColumn, int width)
    {
        for (var i = 0; i < width; i += S.Lanes)
            S.Store(tile + i, S.Multiply(S.Load(tile + i), perColumn == null ? S.Splat(scale) : S.Load(perColumn + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Activate(float* tile, int width)
    {
        if (activation == Activation.GeluTanh)
        {
            for (var i = 0; i < width; i += S.Lanes)
                S.Store(tile + i, VectorMath<S, V>.GeluTanh(S.Load(tile + i)));
            return;
        }

        for (var i = 0; i < width; i += S.Lanes)
            S.Store(tile + i, VectorMath<S, V>.Silu(S.Load(tile + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* tile, float* other, int width)
    {
        var i = 0;
        for (; i + S.Lanes <= width; i += S.Lanes)
            S.Store(tile + i, S.Add(S.Load(tile + i), S.Load(other + i)));
        for (; i < width; i++)
            tile[i] += other[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(float* tile, float* other, int width)
    {
        var i = 0;
        for (; i + S.Lanes <= width; i += S.Lanes)
            S.Store(tile + i, S.Multiply(S.Load(tile + i), S.Load(other + i)));
        for (; i < width; i++)
            tile[i] *= other[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(float* tile, float* target, int width)
    {
        var i = 0;
        for (; i + S.Lanes <= width; i += S.Lanes)
            S.Store(target + i, S.Load(tile + i));
        for (; i < width; i++)
            target[i] = tile[i];
    }
}
