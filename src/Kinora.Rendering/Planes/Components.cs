namespace Kinora.Rendering.Planes;

/// <summary>Connected parts of a mask (neighbours share a side).</summary>
internal static class Components
{
    /// <summary>All parts whose pixels satisfy a condition, each as a list of indices.</summary>
    public static List<List<int>> Find(Plane plane, Func<int, bool> belongs)
    {
        var seen = new bool[plane.Length];
        var result = new List<List<int>>();
        for (var i = 0; i < plane.Length; i++)
        {
            if (!seen[i] && belongs(i))
                result.Add(Grow(plane, belongs, seen, i));
        }
        return result;
    }

    private static List<int> Grow(Plane plane, Func<int, bool> belongs, bool[] seen, int start)
    {
        var part = new List<int> { start };
        seen[start] = true;
        for (var k = 0; k < part.Count; k++)
        {
            int at = part[k], x = at % plane.Width, y = at / plane.Width;
            if (x > 0)
                Visit(at - 1);
            if (x < plane.Width - 1)
                Visit(at + 1);
            if (y > 0)
                Visit(at - plane.Width);
            if (y < plane.Height - 1)
                Visit(at + plane.Width);
        }
        return part;

        void Visit(int at)
        {
            if (seen[at] || !belongs(at))
                return;
            seen[at] = true;
            part.Add(at);
        }
    }
}
