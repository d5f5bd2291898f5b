namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Counts work that is done and reports how far it has come.</summary>
internal sealed class ProgressMeter(Action<LtxVideoProgress>? report, double total)
{
    private double _done;
    private double _reported;

    /// <summary>Work that was done and is reported with the next report.</summary>
    public void Add(double work) => _done += work;

    /// <summary>Reports; the fraction never falls and never exceeds 1.</summary>
    /// <param name="phase">What is being done.</param>
    /// <param name="begun">Work of the unfinished part that is done.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="steps">Of how many.</param>
    /// <param name="preview">A frame, or null.</param>
    public void Report(LtxVideoPhase phase, double begun = 0, int step = 0, int steps = 0, RgbFrame? preview = null)
    {
        _reported = Math.Max(_reported, Math.Clamp((_done + begun) / total, 0, 1));
        report?.Invoke(new LtxVideoProgress(phase, _reported, step, steps, preview));
    }
}
