using System.Globalization;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Server.Engines.Ltx;

/// <summary>Passes a pipeline's progress on to an observer: phases, the fraction by operations, a line for every step, and looks at the unfinished clip.</summary>
/// <param name="observer">Who is told.</param>
/// <param name="geometry">Brings previews to the clip's shape.</param>
/// <param name="from">Where the pipeline's 0 lies.</param>
/// <param name="to">Where its 1 lies.</param>
internal sealed class LtxProgressReport(IEngineObserver observer, LtxGeometry geometry, double from, double to)
{
    private (int Step, int Steps) _last;

    /// <summary>Takes a report.</summary>
    public void Take(LtxVideoProgress progress)
    {
        observer.Report(PhaseOf(progress.Phase), from + ((to - from) * Math.Clamp(progress.Fraction, 0, 1)));
        if (progress.Steps > 0 && (progress.Step, progress.Steps) != _last)
        {
            _last = (progress.Step, progress.Steps);
            observer.Log(string.Create(CultureInfo.InvariantCulture, $"step {progress.Step} of {progress.Steps}"));
        }

        if (progress.Preview is { } preview && preview.Width == geometry.Bucket.Width && preview.Height == geometry.Bucket.Height)
            observer.Preview(geometry.ToClip(preview));
    }

    private static string PhaseOf(LtxVideoPhase phase) => phase switch
    {
        LtxVideoPhase.Preparing => "preparing",
        LtxVideoPhase.Denoising => "denoising",
        LtxVideoPhase.Upsampling => "upsampling",
        LtxVideoPhase.Decoding => "decoding frames",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Unknown phase."),
    };
}
