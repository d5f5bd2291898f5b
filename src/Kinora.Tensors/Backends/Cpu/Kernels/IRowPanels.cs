namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The left operand of a product as panels of at most <c>TileRows</c> rows.</summary>
internal unsafe interface IRowPanels
{
    /// <summary>Panels per batch entry.</summary>
    long Count { get; }

    /// <summary>The first row of a panel within its batch entry, and how many it has.</summary>
    (long First, int Rows) Range(long panel);

    /// <summary>Where the numbers of a panel and depth block begin, and their distance from one k to the next.</summary>
    float* Locate(long batch, long panel, in DepthBlock block, out nint step);
}
