namespace Kinora.Rendering.Direction;

/// <summary>Counts the steps of a sequence: those the prompt marks ("then"), and those that moves make which cannot happen together.</summary>
internal sealed class StepCounter
{
    private int _lastMarked;

    public int Current { get; private set; }

    public void Enter(Clause clause)
    {
        Current += clause.Step - _lastMarked;
        _lastMarked = clause.Step;
    }

    public void Advance() => Current++;
}
