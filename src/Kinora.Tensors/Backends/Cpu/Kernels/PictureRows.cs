namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The left operand of a convolution: runs of neighbouring output columns, read where they lie in the padded input.</summary>
internal readonly unsafe struct PictureRows : IRowPanels
{
    private readonly float* picture;
    private readonly ConvolutionPlan plan;
    private readonly long panelsPerRow;

    /// <summary>
    /// Panels of <paramref name="frames"/> output frames, whose first kernel frame is the first frame at <paramref name="picture"/>.
    /// </summary>
    public PictureRows(float* picture, ConvolutionPlan plan, long frames, int tileRows)
    {
        this.picture = picture;
        this.plan = plan;
        panelsPerRow = (plan.OutColumns + tileRows - 1) / tileRows;
        Count = frames * plan.OutRows * panelsPerRow;
    }

    public long Count { get; }

    public (long First, int Rows) Range(long panel)
    {
        var (row, part) = Math.DivRem(panel, panelsPerRow);
        var (width, wider) = Math.DivRem(plan.OutColumns, panelsPerRow);
        return ((row * plan.OutColumns) + (part * width) + Math.Min(part, wider), (int)(width + (part < wider ? 1 : 0)));
    }

    public float* Locate(long batch, long panel, in DepthBlock block, out nint step)
    {
        step = (nint)plan.ChannelStep;
        var (first, _) = Range(panel);
        var (row, column) = Math.DivRem(first, plan.OutColumns);
        var (frame, line) = Math.DivRem(row, plan.OutRows);
        return picture + (frame * plan.Options.Stride.Frames * plan.FrameFloats) + (line * plan.Options.Stride.Rows * plan.RowFloats) + column;
    }
}
