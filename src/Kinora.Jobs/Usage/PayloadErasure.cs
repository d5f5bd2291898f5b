namespace Kinora.Jobs.Usage;

/// <summary>What became of a request to erase what a job carried.</summary>
/// <param name="HasEnded">Whether the job is over; if not, nothing was erased.</param>
/// <param name="BlobNames">The blobs that were the job's: delete them. Sweeps name them again a few times, so that a crash in between leaves none behind.</param>
public sealed record PayloadErasure(bool HasEnded, IReadOnlyList<string> BlobNames);
