using Kinora.Diffusion.Weights.Catalog;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>Terms that have not been accepted yet.</summary>
/// <param name="Licence">Which.</param>
/// <param name="Text">The whole text as it stands beside the weights, or null where only an address is known.</param>
public sealed record LicenceQuestion(Licence Licence, string? Text);
