namespace Kinora.Diffusion.Weights.Download;

/// <summary>A file of an installed model.</summary>
/// <param name="Path">Relative to the model's folder, with slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">SHA-256 of its content when it was pulled, lower-case hex.</param>
public sealed record InstalledFile(string Path, long Bytes, string Sha256);
