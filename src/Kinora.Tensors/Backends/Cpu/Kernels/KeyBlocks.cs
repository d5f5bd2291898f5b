namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Cuts keys into panels of nearly equal height and panels into blocks of about 168 keys; depends on the number of keys alone.</summary>
internal readonly struct KeyBlocks(long keys, int tileRows)
{
    private const int TargetKeys = 168;

    public long Keys => keys;

    public long Panels => (keys + tileRows - 1) / tileRows;

    public long Blocks => (Panels + PanelsPerBlock - 1) / PanelsPerBlock;

    /// <summary>The most keys of a block.</summary>
    public int MaxKeys => PanelsPerBlock * tileRows;

    /// <summary>
    /// The row of packed values at which a block begins, when <paramref name="together"/> keys share a row and a block's last one may be partly empty.
    /// </summary>
    public long ValueRow(long block, int together) => together == 1 ? Panel(Block(block).First).First : (Panel(Block(block).First).First / together) + block;

    /// <summary>Rows of packed values of any number of keys up to <paramref name="keys"/>, at most.</summary>
    public static long ValueRows(long keys, int tileRows, int together) =>
        together == 1 ? keys : (keys / together) + (keys / (TargetKeys / tileRows * tileRows / 2)) + 2;

    private int PanelsPerBlock => TargetKeys / tileRows;

    /// <summary>The panels of a block.</summary>
    public (long First, long End) Block(long block) => (block * Panels / Blocks, (block + 1) * Panels / Blocks);

    /// <summary>The keys of a panel.</summary>
    public (long First, int Count) Panel(long panel)
    {
        var (height, taller) = (keys / Panels, keys % Panels);
        return ((panel * height) + Math.Min(panel, taller), (int)(height + (panel < taller ? 1 : 0)));
    }
}
