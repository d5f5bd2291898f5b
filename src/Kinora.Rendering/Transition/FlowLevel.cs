using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Transition;

/// <summary>One size of a picture with its slopes.</summary>
internal sealed class FlowLevel
{
    public const int Smallest = 20;

    private FlowLevel(Plane light, Plane[] guide)
    {
        (Light, Guide) = (light, guide);
        SlopeX = new Plane(light.Width, light.Height);
        SlopeY = new Plane(light.Width, light.Height);
        for (var y = 0; y < light.Height; y++)
        {
            for (var x = 0; x < light.Width; x++)
            {
                SlopeX[x, y] = 0.5f * (light[Math.Min(light.Width - 1, x + 1), y] - light[Math.Max(0, x - 1), y]);
                SlopeY[x, y] = 0.5f * (light[x, Math.Min(light.Height - 1, y + 1)] - light[x, Math.Max(0, y - 1)]);
            }
        }
    }

    public Plane Light { get; }

    public Plane SlopeX { get; }

    public Plane SlopeY { get; }

    /// <summary>Three channels along whose edges motion may change.</summary>
    public Plane[] Guide { get; }

    public int Width => Light.Width;

    public int Height => Light.Height;

    /// <summary>From the full size down by halves.</summary>
    public static List<FlowLevel> Pyramid(Plane light, Plane[] guide)
    {
        var levels = new List<FlowLevel> { new(light, guide) };
        while (Math.Min(light.Width, light.Height) / 2 >= Smallest)
        {
            light = Resampling.Resize(light, light.Width / 2, light.Height / 2);
            guide = Array.ConvertAll(guide, channel => Resampling.Resize(channel, light.Width, light.Height));
            levels.Add(new FlowLevel(light, guide));
        }
        return levels;
    }
}
