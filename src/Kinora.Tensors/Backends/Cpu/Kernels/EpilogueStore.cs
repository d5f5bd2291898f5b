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
    private readonly float* _output;
    private readonly RowMap _outputRows;
    private readonly long _columns;
    private readonly long _rowsPerBatch;
    private float* _scales;
    private float _scale = 1;
    private float* _rowScales;
    private int* _sums;
    private float* _bias;
    private float* _gate;
    private int* _gateGroups;
    private float* _factor;
    private RowMap _factorRows;
    private float* _residual;
    private RowMap _residualRows;
    private Activation _activation;

    /// <summary>
    /// Stores into <paramref name="output"/>, whose rows (all axes but the innermost) are numbered through, <paramref name="rowsPerBatch"/> per batch
    /// entry.
    /// </summary>
    public EpilogueStore(Tensor output, long rowsPerBatch)
    {
        _output = output.Floats();
        _outputRows = new RowMap(output.Layout);
        _rowsPerBatch = rowsPerBatch;
        _columns = output.Shape[-1];
    }

    /// <summary>The number of the first row that is stored next; a product that goes through its output in stretches sets it.</summary>
    public long FirstRow { get; set; }

    /// <summary>Multiplies every column with a number of its own, or all with one, before anything else.</summary>
    public EpilogueStore<S, V> WithScale(float* perColumn, float all = 1)
    {
        _scales = perColumn;
        _scale = all;
        return this;
    }

    /// <summary>
    /// The tile holds whole numbers Σ(a + 128)·w of a product of bytes: takes 128·Σw off and multiplies with the row's scale before anything else.
    /// </summary>
    public EpilogueStore<S, V> WithBytes(float* scalePerRow, int* sumPerColumn)
    {
        _rowScales = scalePerRow;
        _sums = sumPerColumn;
        return this;
    }

    /// <summary>Checks and adds the caller's epilogue.</summary>
    public EpilogueStore<S, V> With(OpCheck check, Epilogue? epilogue, Tensor output)
    {
        if (epilogue is null)
            return this;
        check.Defined("activation", epilogue.Activation);
        _activation = epilogue.Activation;
        if (check.Optional("bias", epilogue.Bias) is { } b)
        {
            check.Shape("bias", b, [_columns]);
            check.DenseRows("bias", b);
            check.Apart("output", output, "bias", b);
            _bias = b.Floats();
        }

        var (lines, groups) = RowGroups.Check(check, "gate", epilogue.Gate, epilogue.GateGroups, _columns, _outputRows.Count, output);
        _gate = (float*)lines;
        _gateGroups = (int*)groups;
        _factor = Rows(check, "factor", epilogue.Factor, output, out _factorRows);
        _residual = Rows(check, "residual", epilogue.Residual, output, out _residualRows);
        return this;
    }

    /// <summary>Stores <paramref name="count"/> rows of <paramref name="width"/> columns from a tile; the tile's numbers are used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rows(long batch, long first, int count, long column, int width, float* tile, int tileStride)
    {
        for (var i = 0; i < count; i++, tile += tileStride)
        {
            var row = FirstRow + (batch * _rowsPerBatch) + first + i;
            if (_sums != null)
                FromBytes((int*)tile, _sums + column, _rowScales[row], width);
            if (_scales != null || _scale != 1)
                Scale(tile, _scales == null ? null : _scales + column, width);
            if (_bias != null)
                Add(tile, _bias + column, width);
            if (_activation != Activation.None)
                Activate(tile, width);
            if (_factor != null)
                Multiply(tile, _factor + _factorRows.OffsetOf(row) + column, width);
            if (_gate != null)
                Multiply(tile, _gate + (_gateGroups == null ? 0 : _gateGroups[row] * _columns) + column, width);
            if (_residual != null)
                Add(tile, _residual + _residualRows.OffsetOf(row) + column, width);
            Copy(tile, _output + _outputRows.OffsetOf(row) + column, width);
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
            S.Store(tile + i, S.Multiply(S.Load(tile + i), perColumn == null ? S.Splat(_scale) : S.Load(perColumn + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Activate(float* tile, int width)
    {
        if (_activation == Activation.GeluTanh)
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
