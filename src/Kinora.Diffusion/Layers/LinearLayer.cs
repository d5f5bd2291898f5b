using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Layers;

/// <summary>y = x · Wᵀ + b. The weights belong to the model's scope.</summary>
/// <param name="Weights">W [N, K], packed.</param>
/// <param name="Bias">b [N], or null.</param>
internal sealed record LinearLayer(PackedWeights Weights, Tensor? Bias)
{
    /// <summary>Runs the layer; the epilogue's bias is set here.</summary>
    public void Run(IBackend backend, Tensor x, Tensor output, Epilogue? epilogue = null) =>
        backend.Linear(x, Weights, output, (epilogue ?? new Epilogue()) with { Bias = Bias });
}
