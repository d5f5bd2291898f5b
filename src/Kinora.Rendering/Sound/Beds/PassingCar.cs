namespace Kinora.Rendering.Sound.Beds;

/// <summary>A car that comes, passes and goes.</summary>
/// <param name="Passing">When it is nearest, in seconds.</param>
/// <param name="Width">How long it takes, in seconds.</param>
/// <param name="Direction">1 from left to right, -1 from right to left.</param>
/// <param name="Level">How near it comes, 1 = next to the listener.</param>
internal readonly record struct PassingCar(double Passing, double Width, double Direction, double Level)
{
    /// <summary>How near it is (0 to <see cref="Level"/>) and its share of a channel.</summary>
    /// <param name="time">In seconds.</param>
    /// <param name="side">1 for the left channel, -1 for the right one.</param>
    public (double Closeness, double Channel) At(double time, int side)
    {
        var distance = (time - Passing) / Width;
        if (Math.Abs(distance) > 3.2)
            return (0, 0.5);
        return (Level * Math.Exp(-distance * distance), 0.5 - 0.4 * side * Direction * Math.Tanh(distance));
    }
}
