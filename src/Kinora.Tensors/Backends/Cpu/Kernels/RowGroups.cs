namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Checks a table [D] or [G, D] of which every row of an operand takes the line of its group.</summary>
internal static unsafe class RowGroups
{
    /// <summary>The table's and the groups' addresses; both null without a table, the groups null if there is one group.</summary>
    public static (nint Table, nint Groups) Check(OpCheck check, string name, Tensor? table, Tensor? groups, long width, long rows, Tensor output)
    {
        if (check.Optional(name, table) is not { } lines)
            return groups is null ? (0, 0) : throw check.Fail($"{name} groups are given without {name}.");
        check.Rank(name, lines, 1, 2);
        check.Dense(name, lines);
        check.Apart("output", output, name, lines);
        if (lines.Shape[-1] != width)
            throw check.Fail($"{name} must have {width} elements along its innermost axis, got {lines}.");
        var count = lines.Shape.Rank == 1 ? 1 : lines.Shape[0];
        if (check.Optional($"{name} groups", groups, DType.Int32) is not { } numbers)
            return count == 1 ? ((nint)lines.Floats(), 0) : throw check.Fail($"{name} has {count} groups, so every row must name its own; got none.");
        return ((nint)lines.Floats(), (nint)Numbers(check, name, numbers, count, rows));
    }

    private static int* Numbers(OpCheck check, string name, Tensor numbers, long count, long rows)
    {
        check.Dense($"{name} groups", numbers);
        if (numbers.Shape.ElementCount != rows)
            throw check.Fail($"{name} groups must have one element for each of {rows} rows, got {numbers}.");
        var values = (int*)numbers.Address();
        for (var row = 0L; row < rows; row++)
        {
            if ((uint)values[row] >= count)
                throw check.Fail($"row {row} names group {values[row]} of {name}, which has {count}.");
        }

        return values;
    }
}
