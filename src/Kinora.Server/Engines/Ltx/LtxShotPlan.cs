namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// A model makes 8k + 1 frames, a clip has as many as its seconds say. The fewest that are enough are made, and what is too much is left out.
/// </summary>
/// <param name="Frames">Frames that the model makes, 8k + 1, at least 9.</param>
/// <param name="Kept">Those that are shown, rising; for a shot that continues another, frame 0 is that one's last and is not among them.</param>
internal sealed record LtxShotPlan(int Frames, IReadOnlyList<int> Kept)
{
    /// <summary>Plans a shot.</summary>
    /// <param name="wanted">Frames that the clip shows of it, at least 1.</param>
    /// <param name="continues">Whether it goes on from the last frame of the one before.</param>
    /// <param name="keepsLast">
    /// Whether its last frame must be shown, because it is a given picture or another shot goes on from it: then what is too much is taken out evenly; else it is cut off at the end.
    /// </param>
    public static LtxShotPlan Create(int wanted, bool continues, bool keepsLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        var first = continues ? 1 : 0;
        var frames = Math.Max(9, (((wanted + first - 1 + 7) / 8) * 8) + 1);
        var last = frames - 1 - first;
        return new LtxShotPlan(frames, [.. Enumerable.Range(0, wanted).Select(index => first + (keepsLast ? Spread(index, wanted, last) : index))]);
    }

    private static int Spread(int index, int wanted, int last) =>
        wanted == 1 ? last : (int)Math.Round((double)index * last / (wanted - 1), MidpointRounding.AwayFromZero);
}
