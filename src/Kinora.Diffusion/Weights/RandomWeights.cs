using System.Runtime.InteropServices;
using Kinora.Tensors;
using Kinora.Tensors.Random;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>
/// Weights that follow from a seed: for tests and measurements where the real ones can't be. Matrices keep the size of what they multiply, norms are
/// about 1, summands small. Large tensors repeat one million numbers from different places, so that billions of them are made in seconds.
/// </summary>
internal sealed class RandomWeights : ISafetensorsSource
{
    private const int PoolSize = (1 << 20) + 7;

    private readonly float[] _pool = new float[PoolSize];
    private readonly Dictionary<string, (WeightNeed Need, int Index)> _needs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly DType _dtype;

    /// <summary>Describes the weights; they are made when they are loaded.</summary>
    /// <param name="weights">What a model reads.</param>
    /// <param name="dtype">F32 or BF16.</param>
    /// <param name="seed">Where chance begins.</param>
    public RandomWeights(IEnumerable<WeightNeed> weights, DType dtype, ulong seed)
    {
        if (dtype is not (DType.Float32 or DType.BFloat16))
            throw new DiffusionException($"Random weights can be Float32 or BFloat16, not {dtype}.");
        _dtype = dtype;
        Philox.Normal(seed, 0, 0, _pool);
        foreach (var need in weights)
        {
            var bytes = need.Shape.ElementCount * dtype.SizeInBytes();
            _entries.Add(need.Name, new SafetensorsEntry(need.Name, dtype == DType.Float32 ? "F32" : "BF16", dtype, need.Shape, 0, bytes));
            _needs.Add(need.Name, (need, _needs.Count));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <inheritdoc/>
    public Tensor Map(string name) => throw new NotSupportedException("Random weights lie in no file.");

    /// <inheritdoc/>
    public Tensor Load(string name, TensorMemory memory)
    {
        var (need, index) = _needs[name];
        var tensor = Tensor.Allocate(memory, _dtype, need.Shape);
        var (scale, centre) = Spread(need);
        var position = (int)(index * 7919L % PoolSize);

        // Slices of the outermost axis, since a span ends at 2³¹ bytes.
        var rows = need.Shape.Rank == 0 ? 1 : need.Shape[0];
        var perRow = rows == 0 ? 0 : (int)(need.Shape.ElementCount / rows);
        for (long row = 0; row < rows; row++)
        {
            var bytes = need.Shape.Rank == 0 ? tensor.Bytes() : tensor.Slice(0, row, 1).Bytes();
            Fill(Writable(bytes), perRow, ref position, scale, centre);
        }

        return tensor;
    }

    /// <summary>Writes the weights to a file, one tensor in memory at a time.</summary>
    public void Write(string path, IReadOnlyDictionary<string, string>? texts = null)
    {
        using var memory = new TensorMemory(long.MaxValue, keepBytes: 0);
        var layout = _needs.Values.Select(item => (item.Need.Name, _dtype, item.Need.Shape)).ToList();
        SafetensorsWriter.Write(path, layout, (index, write) =>
        {
            using var tensor = Load(layout[index].Name, memory);
            write(tensor);
        }, texts);
    }

    private static (float Scale, float Centre) Spread(WeightNeed need) => need.Kind switch
    {
        WeightKind.Norm => (0.02f, 1),
        WeightKind.Summand => (0.02f, 0),
        WeightKind.Table => (1, 0),
        _ => ((float)(1 / Math.Sqrt(Math.Max(1, (double)need.Shape.ElementCount / need.Shape[0]))), 0),
    };

    // A tensor gives its bytes for reading; these are ours to fill.
    private static Span<byte> Writable(ReadOnlySpan<byte> bytes) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);

    private void Fill(Span<byte> bytes, int count, ref int position, float scale, float centre)
    {
        for (var i = 0; i < count;)
        {
            var run = _pool.AsSpan(position, Math.Min(count - i, PoolSize - position));
            if (_dtype == DType.Float32)
            {
                var target = MemoryMarshal.Cast<byte, float>(bytes).Slice(i, run.Length);
                for (var k = 0; k < run.Length; k++)
                    target[k] = centre + (scale * run[k]);
            }
            else
            {
                var target = MemoryMarshal.Cast<byte, ushort>(bytes).Slice(i, run.Length);
                for (var k = 0; k < run.Length; k++)
                    target[k] = Upper(centre + (scale * run[k]));
            }

            i += run.Length;
            position = (position + run.Length) % PoolSize;
        }
    }

    // bfloat16, to nearest even.
    private static ushort Upper(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
