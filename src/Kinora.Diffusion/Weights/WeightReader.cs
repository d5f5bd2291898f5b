using Kinora.Diffusion.Layers;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>
/// Brings weights from a checkpoint into the form that a back end computes with, one at a time, so that the peak is the model plus its largest weight.
/// Everything it reads belongs to the scope. As a survey it reads nothing and lists what a model would read.
/// </summary>
internal sealed class WeightReader
{
    private readonly IBackend? _backend;
    private readonly ISafetensorsSource? _source;
    private readonly TensorScope _scope;
    private readonly string _prefix;
    private readonly List<WeightNeed>? _needs;
    private readonly CancellationToken _cancellation;

    /// <summary>Reads from a checkpoint.</summary>
    /// <param name="backend">What the weights are for.</param>
    /// <param name="source">Where they are.</param>
    /// <param name="scope">Who owns them.</param>
    /// <param name="cancellation">Checked before every weight.</param>
    public WeightReader(IBackend backend, ISafetensorsSource source, TensorScope scope, CancellationToken cancellation = default)
        : this(backend, source, scope, string.Empty, null, cancellation)
    {
    }

    private WeightReader(IBackend? backend, ISafetensorsSource? source, TensorScope scope, string prefix, List<WeightNeed>? needs, CancellationToken cancellation) =>
        (_backend, _source, _scope, _prefix, _needs, _cancellation) = (backend, source, scope, prefix, needs, cancellation);

    /// <summary>What a model reads, in order.</summary>
    /// <param name="build">Builds the model; it must not be used.</param>
    public static IReadOnlyList<WeightNeed> Survey(Action<TensorScope, WeightReader> build)
    {
        using var memory = new TensorMemory(1L << 30);
        using var scope = new TensorScope(memory);
        var needs = new List<WeightNeed>();
        build(scope, new WeightReader(null, null, scope, string.Empty, needs, default));
        return needs;
    }

    /// <summary>The reader of the tensors whose names begin so.</summary>
    public WeightReader Under(string beginning) => new(_backend, _source, _scope, _prefix + beginning, _needs, _cancellation);

    /// <summary>True if there is such a tensor, or this is a survey.</summary>
    public bool Has(string name) => _source?.Entries.ContainsKey(_prefix + name) ?? true;

    /// <summary>Reads <c>name.weight</c> [N, K] and, if wanted, <c>name.bias</c> [N].</summary>
    public LinearLayer Linear(string name, long outputs, long inputs, WeightFormat format, bool hasBias = true)
    {
        using var weight = Read(name + ".weight", [outputs, inputs], WeightKind.Matrix);
        var packed = weight is null ? null : _scope.Add(_backend!.PackLinear(weight, format));
        return new LinearLayer(packed!, hasBias ? Vector(name + ".bias", [outputs]) : null);
    }

    /// <summary>Reads <c>name.weight</c> [N, C, kernel …] and <c>name.bias</c> [N].</summary>
    public ConvolutionLayer Convolution(string name, Shape shape, WeightFormat format)
    {
        using var weight = Read(name + ".weight", shape, WeightKind.Matrix);
        var packed = weight is null ? null : _scope.Add(_backend!.PackConvolution(weight, format));
        return new ConvolutionLayer(packed!, Vector(name + ".bias", [shape[0]]));
    }

    /// <summary>Reads a small tensor as floats.</summary>
    public Tensor Vector(string name, Shape shape, WeightKind kind = WeightKind.Summand)
    {
        using var tensor = Read(name, shape, kind);
        var floats = _scope.Empty(shape);
        if (tensor is null)
            floats.AsSpan<float>().Fill(1);
        else
            _backend!.Copy(tensor, floats);
        return floats;
    }

    /// <summary>Reads a table in the file's own type.</summary>
    public Tensor Table(string name, Shape shape) => Read(name, shape, WeightKind.Table) is { } table ? _scope.Add(table) : _scope.Empty([0]);

    private Tensor? Read(string name, Shape shape, WeightKind kind)
    {
        _cancellation.ThrowIfCancellationRequested();
        name = _prefix + name;
        if (_needs is not null)
        {
            _needs.Add(new WeightNeed(name, shape, kind));
            return null;
        }

        var entry = _source!.Entries.GetValueOrDefault(name) ?? throw new CheckpointException($"The checkpoint has no tensor '{name}'.");
        if (entry.Shape != shape)
            throw new CheckpointException($"'{name}' should have shape {shape} and has {entry.Shape}.");
        if (!WeightCheck.IsReadable(entry))
            throw new CheckpointException($"'{name}' has elements of type {entry.TypeName}; F32, BF16, F16 or F8_E4M3 can be read.");
        var tensor = _source.Load(name, _backend!.Memory);
        if (FiniteCheck.IsFinite(tensor))
            return tensor;
        tensor.Dispose();
        throw new CheckpointException($"'{name}' holds NaN or infinite weights: the file is damaged; download it again.");
    }
}
