namespace Kinora.Diffusion.Weights.Catalog;

/// <summary>The terms that weights come under. Their text is fetched from beside the weights, shown, and accepted once before anything large is downloaded.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Summary">One sentence on what it allows. The text decides, not this sentence.</param>
/// <param name="Path">The text in the model's repository, or null if there is none.</param>
/// <param name="Url">Where it can be read in a browser.</param>
public sealed record Licence(string Name, string Summary, string? Path, Uri Url);
