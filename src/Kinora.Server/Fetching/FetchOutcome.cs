using Kinora.Server.Endpoints;

namespace Kinora.Server.Fetching;

/// <summary>The outcome of fetching one medium.</summary>
internal abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>The medium lies on this machine, whole. What it is has not been looked at.</summary>
    /// <param name="Path">A file in the scratch directory that was given; its name says nothing about its content.</param>
    /// <param name="LengthBytes">Its size, 1 to the reference's <see cref="MediaLimits.MaxBytes"/>.</param>
    internal sealed record Fetched(string Path, long LengthBytes) : FetchOutcome;

    /// <summary>The medium cannot be had, for this reason; nothing of it was left on the disk.</summary>
    internal sealed record Refused(Violation Violation) : FetchOutcome;
}
