using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Layers;

/// <summary>A convolution with its bias. The weights belong to the model's scope.</summary>
/// <param name="Weights">[N, C, kernel …], packed.</param>
/// <param name="Bias">[N].</param>
internal sealed record ConvolutionLayer(PackedWeights Weights, Tensor Bias)
{
    /// <summary>Output channels.</summary>
    public long Outputs => Weights.Outputs;

    /// <summary>Runs the layer; the epilogue's bias is set here.</summary>
    public void Run(IBackend backend, Tensor x, Tensor output, ConvolutionOptions options, Epilogue? epilogue = null) =>
        backend.Convolution(x, Weights, output, options, (epilogue ?? new Epilogue()) with { Bias = Bias });
}
