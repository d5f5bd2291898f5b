using Kinora.Diffusion.Layers;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>
/// Brings weights from a checkpoint into the form that a back end computes with, one at a time, so that the peak is the model plus its largest weight.
/// Everything it reads belongs to the scope.
/// </summary>
internal sealed class WeightReader(IBackend backend, ISafetensorsSource source, TensorScope scope, CancellationToken cancellation = default)
{
    /// <summary>The back end that the weights are for.</summary>
    public IBackend Backend => backend;

    /// <summary>The source, for questions about what is there.</summary>
    public ISafetensorsSource Source => source;

    /// <summary>The reader of the tensors whose names begin so.</summary>
    public WeightReader Under(string prefix) => new(backend, new SafetensorsScope(source, prefix), scope, cancellation);

    /// <summary>Reads <c>name.weight</c> [N, K] and, if there, <c>name.bias</c> [N].</summary>
    public LinearLayer Linear(string name, long outputs, long inputs, WeightFormat format, bool hasBias = true)
    {
        using var weight = Read(name + ".weight", [outputs, inputs]);
        return new LinearLayer(scope.Add(backend.PackLinear(weight, format)), hasBias ? Vector(name + ".bias", [outputs]) : null);
    }

    /// <summary>Reads <c>name.weight</c> [N, C, kernel …] and <c>name.bias</c> [N].</summary>
    public ConvolutionLayer Convolution(string name, Shape shape, WeightFormat format)
    {
        using var weight = Read(name + ".weight", shape);
        return new ConvolutionLayer(scope.Add(backend.PackConvolution(weight, format)), Vector(name + ".bias", [shape[0]]));
    }

    /// <summary>Reads a small tensor as floats.</summary>
    public Tensor Vector(string name, Shape shape)
    {
        using var tensor = Read(name, shape);
        var floats = scope.Empty(shape);
        backend.Copy(tensor, floats);
        return floats;
    }

    /// <summary>Reads a table in the file's own type.</summary>
    public Tensor Table(string name, Shape shape) => scope.Add(Read(name, shape));

    private Tensor Read(string name, Shape shape)
    {
        cancellation.ThrowIfCancellationRequested();
        var entry = source.Entries.GetValueOrDefault(name) ?? throw new CheckpointException($"The checkpoint has no tensor '{name}'.");
        if (entry.Shape != shape)
            throw new CheckpointException($"'{name}' should have shape {shape} and has {entry.Shape}.");
        if (entry.DType is not (DType.Float32 or DType.BFloat16 or DType.Float16 or DType.Float8E4M3))
            throw new CheckpointException($"'{name}' has elements of type {entry.TypeName}; F32, BF16, F16 or F8_E4M3 can be read.");
        var tensor = source.Load(name, backend.Memory);
        if (FiniteCheck.IsFinite(tensor))
            return tensor;
        tensor.Dispose();
        throw new CheckpointException($"'{name}' holds NaN or infinite weights: the file is damaged; download it again.");
    }
}
