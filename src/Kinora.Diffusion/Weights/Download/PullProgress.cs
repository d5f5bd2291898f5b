namespace Kinora.Diffusion.Weights.Download;

/// <summary>How far a pull is.</summary>
/// <param name="Path">The file that is being fetched.</param>
/// <param name="ReceivedBytes">Bytes on disk, those of earlier tries included.</param>
/// <param name="TotalBytes">Bytes of everything that is pulled.</param>
public sealed record PullProgress(string Path, long ReceivedBytes, long TotalBytes);
