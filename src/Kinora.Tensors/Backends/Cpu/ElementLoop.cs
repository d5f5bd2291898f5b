using System.Runtime.CompilerServices;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>Walks up to three tensors of one (broadcast) shape in step, in runs along the innermost axis, on all threads.</summary>
internal sealed class ElementLoop
{
    private const long RunLength = 8192;
    private const long TaskElements = 65536;

    private readonly long[] _lengths;
    private readonly long[][] _strides;

    /// <summary>Joins axes that are joined in all tensors.</summary>
    public ElementLoop(Shape shape, params ReadOnlySpan<Layout> layouts)
    {
        var axes = new List<(long Length, long[] Strides)>();
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var length = shape[axis];
            if (length == 1)
                continue;
            var steps = new long[3];
            for (var i = 0; i < layouts.Length; i++)
                steps[i] = layouts[i].Strides[axis];
            if (axes.Count > 0 && axes[^1].Strides.Zip(steps).All(pair => pair.First == length * pair.Second))
                axes[^1] = (axes[^1].Length * length, steps);
            else
                axes.Add((length, steps));
        }

        if (axes.Count == 0)
            axes.Add((1, new long[3]));
        _lengths = [.. axes.Select(a => a.Length)];
        _strides = [.. axes.Select(a => a.Strides)];
        Count = shape.ElementCount;
    }

    /// <summary>One run: the first elements' offsets, the number of elements.</summary>
    public delegate void Run(long a, long b, long c, long count);

    /// <summary>Elements of the shape.</summary>
    public long Count { get; }

    /// <summary>Step of a tensor along a run.</summary>
    public long Step(int tensor) => _strides[^1][tensor];

    /// <summary>Calls <paramref name="body"/> for runs that together are all elements.</summary>
    public void For(ThreadTeam team, Run body)
    {
        if (Count == 0)
            return;
        var inner = _lengths[^1];
        var runsPerRow = (inner + RunLength - 1) / RunLength;
        var runs = Count / inner * runsPerRow;
        var runsPerTask = Math.Max(1, TaskElements / Math.Min(inner, RunLength));
        team.Run((runs + runsPerTask - 1) / runsPerTask, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (task, _) =>
        {
            for (var run = task * runsPerTask; run < Math.Min(runs, (task + 1) * runsPerTask); run++)
                One(run / runsPerRow, run % runsPerRow * RunLength, inner, body);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void One(long row, long start, long inner, Run body)
    {
        long a = start * _strides[^1][0], b = start * _strides[^1][1], c = start * _strides[^1][2];
        for (var axis = _lengths.Length - 2; axis >= 0; axis--)
        {
            (row, var index) = Math.DivRem(row, _lengths[axis]);
            a += index * _strides[axis][0];
            b += index * _strides[axis][1];
            c += index * _strides[axis][2];
        }

        body(a, b, c, Math.Min(RunLength, inner - start));
    }
}
