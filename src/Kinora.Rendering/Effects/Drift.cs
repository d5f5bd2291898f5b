using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects;

/// <summary>
/// Endless flow in one direction by two copies of the picture, half a period apart, each carried along and replaced while it is invisible
/// (triangular weights): A. Holynski et al., "Animating Pictures with Eulerian Motion Fields", CVPR 2021, with a constant field.
/// </summary>
internal sealed class Drift
{
    private const double PeriodSeconds = 4;

    /// <param name="mask">Where it flows, over the whole picture.</param>
    /// <param name="grid">Which picture point each node shows.</param>
    /// <param name="moment">When, and how much of it shows.</param>
    /// <param name="acrossPerPeriod">Way across in picture pixels per period.</param>
    /// <param name="downPerPeriod">Way down.</param>
    public Drift(Plane mask, SourceGrid grid, EffectMoment moment, float acrossPerPeriod, float downPerPeriod)
    {
        Mask = NodeField.Sample(mask, grid, (float)moment.Envelope);
        var first = Fraction(moment.Seconds / PeriodSeconds);
        var second = Fraction(moment.Seconds / PeriodSeconds + 0.5);
        First = (acrossPerPeriod * (float)(0.5 - first), downPerPeriod * (float)(0.5 - first));
        Second = (acrossPerPeriod * (float)(0.5 - second), downPerPeriod * (float)(0.5 - second));
        SecondWeight = (float)(1 - Math.Abs(2 * second - 1));
    }

    /// <summary>How much each node flows, 0 to 1.</summary>
    public NodeField Mask { get; }

    /// <summary>Where the two copies are, in picture pixels.</summary>
    public (float X, float Y) First { get; }

    public (float X, float Y) Second { get; }

    /// <summary>The second copy's share.</summary>
    public float SecondWeight { get; }

    private static double Fraction(double value) => value - Math.Floor(value);
}
