using Kinora.Tensors;

namespace Kinora.Diffusion.Weights;

/// <summary>A weight that a model reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Kind">What it does, for making random ones.</param>
internal readonly record struct WeightNeed(string Name, Shape Shape, WeightKind Kind);
