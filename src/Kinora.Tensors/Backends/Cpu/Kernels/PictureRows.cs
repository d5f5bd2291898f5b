namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The left operand of a convolution: runs of neighbouring output columns, read where they lie in the padded input.</summary>
internal readonly unsafe struct PictureRows : IRowPanels
{
    private readonly float* _picture;
    private readonly ConvolutionPlan _plan;
    private readonly long _panelsPerRow;

    /// <summary>
    /// Panels of <paramref name="frames"/> output frames, whose first kernel frame is the first frame at <paramref name="picture"/>.
    /// </summary>
    public PictureRows(float* picture, ConvolutionPlan plan, long frames, int tileRows)
    {
        _picture = picture;
        _plan = plan;
        _panelsPerRow = (plan.OutColumns + tileRows - 1) / tileRows;
        Count = frames * plan.OutRows * _panelsPerRow;
    }

    public long Count { get; }

    public (long First, int Rows) Range(long panel)
    {
        var (row, part) = Math.DivRem(panel, _panelsPerRow);
        var (width, wider) = Math.DivRem(_plan.OutColumns, _panelsPerRow);
        return ((row * _plan.OutColumns) + (part * width) + Math.Min(part, wider), (int)(width + (part < wider ? 1 : 0)));
    }

    public float* Locate(long batch, long panel, in DepthBlock block, out nint step)
    {
        step = (nint)_plan.ChannelStep;
        var (first, _) = Range(panel);
        var (row, column) = Math.DivRem(first, _plan.OutColumns);
        var (frame, line) = Math.DivRem(row, _plan.OutRows);
        return _picture + (frame * _plan.Options.Stride.Frames * _plan.FrameFloats) + (line * _plan.Options.Stride.Rows * _plan.RowFloats) + column;
    }
}
