namespace Kinora.Jobs.Blobs.Local;

/// <summary>A name would lead out of its <see cref="ContainedDirectory"/>.</summary>
internal sealed class LeadsOutException(string message) : ArgumentException(message);
