using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>What became of an accepted request.</summary>
public abstract record GenerationOutcome
{
    private GenerationOutcome()
    {
    }

    /// <summary>The clip is a file.</summary>
    /// <param name="Path">Where the MP4 is.</param>
    /// <param name="LengthBytes">Its size.</param>
    /// <param name="Duration">How long it plays, exactly.</param>
    /// <param name="Seed">The seed that made it: given, or derived from the request.</param>
    public sealed record Made(string Path, long LengthBytes, TimeSpan Duration, long Seed) : GenerationOutcome;

    /// <summary>Only a plan was asked for.</summary>
    /// <param name="Plan">What would be done, some lines of text.</param>
    public sealed record Planned(string Plan) : GenerationOutcome;

    /// <summary>The input or a medium in it is not acceptable, for all of these reasons.</summary>
    public sealed record Refused(IReadOnlyList<Violation> Violations) : GenerationOutcome;
}
