namespace Kinora.Diffusion.Tokenizers;

/// <summary>Finds every piece of a vocabulary that a text begins with, byte by byte.</summary>
internal sealed class PieceTrie
{
    private readonly Dictionary<(int Node, byte Next), int> _edges = [];
    private readonly List<int> _ids = [-1];

    /// <summary>Adds a piece; the first of two equal ones stays.</summary>
    public void Add(ReadOnlySpan<byte> piece, int id)
    {
        var node = 0;
        foreach (var next in piece)
        {
            if (!_edges.TryGetValue((node, next), out var child))
            {
                _edges.Add((node, next), child = _ids.Count);
                _ids.Add(-1);
            }

            node = child;
        }

        if (_ids[node] < 0)
            _ids[node] = id;
    }

    /// <summary>Goes one byte further from a node (the root is 0); false if no piece goes on so. <paramref name="id"/> is -1 between pieces.</summary>
    public bool TryStep(ref int node, byte next, out int id)
    {
        id = -1;
        if (!_edges.TryGetValue((node, next), out var child))
            return false;
        node = child;
        id = _ids[child];
        return true;
    }
}
