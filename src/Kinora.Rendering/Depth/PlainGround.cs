using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// A thing before a plain wall: what a flood from the upper edge and the sides does not reach, because it runs through smooth pixels only. Colours play no part,
/// so a grey coat before a grey wall is found by its outline and its folds.
/// </summary>
internal static class PlainGround
{
    /// <summary>Gradients of a wall: nine in ten along the edges are below this.</summary>
    private const float MostOnWall = 0.05f;

    /// <summary>So much steeper than the wall's own grain is something else.</summary>
    private const float OverGrain = 1.6f;

    private const float LeastEdge = 0.010f;
    private const float LeastArea = 0.012f, MostArea = 0.65f;

    /// <summary>Smaller gaps are left as they are.</summary>
    private const double LeastGap = 0.0005;

    private const double SameColour = 0.04;

    /// <summary>1 on the thing, 0 on the wall, at the picture's size; null if the ground is not plain or nothing stands out of it.</summary>
    public static Plane? FindThing(WorkPicture picture)
    {
        // The mean over 3x3 pixels closes small gaps in an outline.
        var busy = BoxFilter.Mean(picture.Gradient, 1);
        var grain = Grain(busy);
        if (grain > MostOnWall)
            return null;
        var most = Math.Max(LeastEdge, OverGrain * grain);
        var wall = Flood(busy, most);
        // What is busy reaches two pixels beyond the outline.
        var thing = BoxFilter.Mean(wall, 2).Map(value => value < 0.001f ? 1 : 0);
        var mask = SubjectShape.Open(SubjectShape.MainParts(SubjectShape.Open(thing), thing));
        if (TouchesTop(mask) || (TouchesSide(mask, 0) && TouchesSide(mask, mask.Width - 1)))
            return null;
        TakeOutGaps(mask, wall, busy, most, picture);
        return PlaneStatistics.Mean(mask) is > LeastArea and < MostArea ? mask : null;
    }

    private static bool TouchesTop(Plane mask) => mask.Row(0).Contains(1f);

    private static bool TouchesSide(Plane mask, int x) => Enumerable.Range(0, mask.Height).Any(y => mask[x, y] > 0);

    // Between an arm and a body one sees the wall: as smooth as it is, and of its colour.
    private static void TakeOutGaps(Plane mask, Plane wall, Plane busy, float most, WorkPicture picture)
    {
        var behind = Enumerable.Range(0, wall.Length).Where(i => wall.Values[i] > 0).ToList();
        foreach (var gap in Components.Find(mask, i => mask.Values[i] > 0 && wall.Values[i] == 0 && busy.Values[i] <= most))
        {
            if (gap.Count < LeastGap * mask.Length || picture.Channels.Any(channel => Math.Abs(Mean(channel, gap) - Mean(channel, behind)) > SameColour))
                continue;
            foreach (var i in gap)
                mask.Values[i] = 0;
        }
    }

    private static double Mean(Plane channel, List<int> pixels) => pixels.Average(i => (double)channel.Values[i]);

    private static float Grain(Plane busy)
    {
        int band = Math.Max(4, busy.Width / 24);
        var edges = new List<float>();
        for (var y = 1; y < busy.Height; y++)
        {
            for (var x = 1; x < busy.Width - 1; x++)
            {
                if (y < band || x < band || x >= busy.Width - band)
                    edges.Add(busy[x, y]);
            }
        }
        edges.Sort();
        return edges[(int)(0.9 * (edges.Count - 1))];
    }

    private static Plane Flood(Plane busy, float most)
    {
        int width = busy.Width, height = busy.Height;
        var wall = new Plane(width, height);
        var queue = new Queue<int>();
        for (var x = 0; x < width; x++)
            Visit(x);
        for (var y = 0; y < height; y++)
        {
            Visit(y * width);
            Visit(y * width + width - 1);
        }
        while (queue.TryDequeue(out var at))
        {
            var x = at % width;
            if (x > 0)
                Visit(at - 1);
            if (x < width - 1)
                Visit(at + 1);
            if (at >= width)
                Visit(at - width);
            if (at < width * (height - 1))
                Visit(at + width);
        }
        return wall;

        void Visit(int at)
        {
            if (wall.Values[at] > 0 || busy.Values[at] > most)
                return;
            wall.Values[at] = 1;
            queue.Enqueue(at);
        }
    }
}
