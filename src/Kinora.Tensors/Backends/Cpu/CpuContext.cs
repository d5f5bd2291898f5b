using Kinora.Tensors.Backends.Cpu.Dot;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>What every kernel needs: threads, memory, and a growing scratch block per thread that is kept between calls.</summary>
internal sealed unsafe class CpuContext(TensorMemory memory, ThreadTeam team, InstructionSet set, ProductPrecision precision) : IDisposable
{
    private readonly Tensor?[] _scratch = new Tensor?[team.Count];

    public TensorMemory Memory => memory;

    public ThreadTeam Team => team;

    public InstructionSet Set => set;

    /// <summary>True if products may, and can, use dot products of a kind.</summary>
    public bool Has(DotKind kind) =>
        set == InstructionSet.Avx512 && DotTiles.Has(kind) && precision >= (kind == DotKind.Int8 ? ProductPrecision.Int8 : ProductPrecision.BFloat16);

    /// <summary>Registers packed weights and refuses those that this back end can't multiply.</summary>
    public void Weights(OpCheck check, PackedWeights? weights, int rank)
    {
        var order = check.Weights(weights, rank).Order;
        if ((order == WeightOrder.Pairs && !Has(DotKind.BFloat16)) || (order == WeightOrder.Quads && !Has(DotKind.Int8)))
            throw check.Fail($"the weights were packed by a back end with {(order == WeightOrder.Pairs ? "bfloat16" : "int8")} products, which this one has not: pack them with this one.");
    }

    /// <summary>Scratch space of a worker, aligned to 64 bytes, with undefined contents; valid until the worker asks again.</summary>
    public float* Scratch(int worker, long floats)
    {
        if (_scratch[worker] is { } old && old.Shape.ElementCount >= floats)
            return old.Floats();
        _scratch[worker]?.Dispose();
        _scratch[worker] = null;
        _scratch[worker] = Tensor.Allocate(memory, DType.Float32, [floats]);
        return _scratch[worker]!.Floats();
    }

    public void Dispose()
    {
        team.Dispose();
        foreach (var block in _scratch)
            block?.Dispose();
        memory.Dispose();
    }
}
