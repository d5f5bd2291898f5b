namespace Kinora.Rendering.Direction;

/// <summary>How the end image is reached.</summary>
/// <param name="Kind">The kind of transition.</param>
/// <param name="FirstFrame">The first frame in which the end image shows.</param>
/// <param name="LastFrame">The first frame that shows nothing else.</param>
public sealed record TransitionPlan(TransitionKind Kind, int FirstFrame, int LastFrame)
{
    /// <summary>For people: <c>dissolve in frames 60-90</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} in frames {FirstFrame}-{LastFrame}";
}
