namespace Kinora.Tensors.Backends;

/// <summary>
/// Step, spacing and border of a convolution. Axes are those of the operand (frames, rows, columns); unused ones keep their defaults.
/// </summary>
public sealed record ConvolutionOptions
{
    /// <summary>Step along frames, rows and columns, each at least 1.</summary>
    public (int Frames, int Rows, int Columns) Stride { get; init; } = (1, 1, 1);

    /// <summary>Distance of the kernel's elements along frames, rows and columns, each at least 1.</summary>
    public (int Frames, int Rows, int Columns) Dilation { get; init; } = (1, 1, 1);

    /// <summary>Frames read before the first and after the last; (2, 0) for a causal kernel of 3.</summary>
    public (int Before, int After) PadFrames { get; init; }

    /// <summary>Rows read above and below.</summary>
    public (int Before, int After) PadRows { get; init; }

    /// <summary>Columns (of a sequence: positions) read before and after.</summary>
    public (int Before, int After) PadColumns { get; init; }

    /// <summary>What the padded frames are.</summary>
    public PaddingMode FrameMode { get; init; }

    /// <summary>What the padded rows and columns are.</summary>
    public PaddingMode SpaceMode { get; init; }

    /// <summary>
    /// A 3×3×3 kernel that keeps the size: one row and column around, and frames either before (causal) or on both sides, repeated.
    /// </summary>
    /// <param name="causal">True for two frames before, false for one on each side.</param>
    /// <param name="space">What lies beyond the picture.</param>
    /// <param name="frames">What lies before and after the clip.</param>
    public static ConvolutionOptions Same(bool causal, PaddingMode space = PaddingMode.Zero, PaddingMode frames = PaddingMode.Replicate) => new()
    {
        PadFrames = causal ? (2, 0) : (1, 1),
        PadRows = (1, 1),
        PadColumns = (1, 1),
        FrameMode = frames,
        SpaceMode = space,
    };
}
