namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Rows of an embedding table, converted to float. All indices are checked before anything is written. Exact.</summary>
internal static unsafe class Gather
{
    public static void Run(CpuContext cpu, Tensor table, Tensor indices, Tensor output)
    {
        using var check = new OpCheck("Gather");
        check.InputOf("table", table, DType.Float32, DType.BFloat16, DType.Float16, DType.Float8E4M3);
        check.Input("indices", indices, DType.Int32);
        check.Output("output", output);
        check.Rank("table", table, 2, 2);
        check.Rank("indices", indices, 0, Shape.MaxRank - 1);
        check.DenseRows("table", table);
        check.Shape("output", output, [.. indices.Shape.AsSpan(), table.Shape[1]]);
        check.DenseRows("output", output);
        check.Apart("output", output, "table", table);
        check.Apart("output", output, "indices", indices);
        var (rows, positions, size) = (new RowMap(output.Layout), new RowMap(indices.Layout, joined: 0), table.Shape[1]);
        var numbers = (int*)indices.Address();
        for (long i = 0; i < positions.Count; i++)
        {
            if ((uint)numbers[positions.OffsetOf(i)] >= table.Shape[0])
                throw check.Fail($"index {numbers[positions.OffsetOf(i)]} (number {i}) is not a row of the table, which is {table}.");
        }

        var source = table.Address();
        var step = table.Layout.Stride(0) * table.DType.SizeInBytes();
        var target = output.Floats();
        cpu.Team.Run(rows.Count, (row, _) =>
            ElementConversion.ReadFloats(table.DType, source + (numbers[positions.OffsetOf(row)] * step), 1, target + rows.OffsetOf(row), size));
    }
}
