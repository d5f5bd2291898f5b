namespace Kinora.Diffusion.Tokenizers;

/// <summary>Finds every piece of a vocabulary that a text begins with, byte by byte.</summary>
internal sealed class PieceTrie
{
    private readonly Dictionary<(int Node, byte Next), int> edges = [];
    private readonly List<int> ids = [-1];

    /// <summary>Adds a piece; the first of two equal ones stays.</summary>
    public void Add(ReadOnlySpan<byte> piece, int id)
    {
        var node = 0;
        foreach (var next in piece)
        {
            if (!edges.TryGetValue((node, next), out var child))
            {
                edges.Add((node, next), child = ids.Count);
                ids.Add(-1);
            }

            node = child;
        }

        if (ids[node] < 0)
            ids[node] = id;
    }

    /// <summary>Goes one byte further from a node (the root is 0); false if no piece goes on so. <paramref name="id"/> is -1 between pieces.</summary>
    public bool TryStep(ref int node, byte next, out int id)
    {
        id = -1;
        if (!edges.TryGetValue((node, next), out var child))
            return false;
        node = child;
        id = ids[child];
        return true;
    }
}
