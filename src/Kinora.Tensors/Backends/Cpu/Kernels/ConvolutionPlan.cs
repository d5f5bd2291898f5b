namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The sizes of a convolution: what is read, what is written, and how a padded picture lies in memory.</summary>
/// <remarks>
/// The padded input is <c>[frame][row][channel][phase][column]</c>: neighbouring output columns read neighbouring numbers of one channel, so the
/// register tile can take them as its rows, and a kernel position is an offset. With a column stride of s the columns are dealt out to s phases, to
/// keep that true. A channel's element is a float, or a word of two channels.
/// </remarks>
internal sealed class ConvolutionPlan
{
    public ConvolutionPlan(OpCheck check, Shape x, Shape kernel, ConvolutionOptions options, WeightOrder order)
    {
        (Frames, Rows, Columns, Channels) = (Axis(x, 4), Axis(x, 3), x[-2], (int)x[-1]);
        Together = order == WeightOrder.Pairs ? 2 : 1;
        (Kernel, Options) = ((kernel[2], kernel[3], kernel[4]), options);
        var (stride, dilation) = (options.Stride, options.Dilation);
        OutFrames = Length(check, "frames", Frames, options.PadFrames, Kernel.Frames, stride.Frames, dilation.Frames, options.FrameMode);
        OutRows = Length(check, "rows", Rows, options.PadRows, Kernel.Rows, stride.Rows, dilation.Rows, options.SpaceMode);
        OutColumns = Length(check, "columns", Columns, options.PadColumns, Kernel.Columns, stride.Columns, dilation.Columns, options.SpaceMode);
        PaddedRows = Rows + options.PadRows.Before + options.PadRows.After;
        var padded = Columns + options.PadColumns.Before + options.PadColumns.After;
        PhaseLength = (padded + stride.Columns - 1) / stride.Columns;

        // Sixteen floats are a cache line; a distance of many whole kilobytes between channels would put them all into the same few sets.
        var step = (PhaseLength * stride.Columns + 15) / 16 * 16;
        ChannelStep = step % 64 == 0 ? step + 16 : step;
    }

    public long Frames { get; }

    public long Rows { get; }

    public long Columns { get; }

    public int Channels { get; }

    /// <summary>Neighbouring channels that share an element of the padded picture: 2 with dot products, whose elements are two bfloat16.</summary>
    public int Together { get; }

    /// <summary>Elements of a position of the padded picture.</summary>
    public int Lines => (Channels + Together - 1) / Together;

    public (long Frames, long Rows, long Columns) Kernel { get; }

    public ConvolutionOptions Options { get; }

    public long OutFrames { get; }

    public long OutRows { get; }

    public long OutColumns { get; }

    /// <summary>Rows of a padded frame.</summary>
    public long PaddedRows { get; }

    /// <summary>Columns of a phase.</summary>
    public long PhaseLength { get; }

    /// <summary>Elements from one channel, or pair of channels, to the next.</summary>
    public long ChannelStep { get; }

    /// <summary>Floats of a padded row.</summary>
    public long RowFloats => ChannelStep * Lines;

    /// <summary>Floats of a padded frame.</summary>
    public long FrameFloats => RowFloats * PaddedRows;

    /// <summary>Output positions per batch entry.</summary>
    public long Positions => OutFrames * OutRows * OutColumns;

    /// <summary>The source index that position <paramref name="index"/> of a padded axis shows, or -1 for a zero.</summary>
    public static long Source(long index, long length, int before, PaddingMode mode)
    {
        var i = index - before;
        return i >= 0 && i < length ? i : mode switch
        {
            PaddingMode.Replicate => Math.Clamp(i, 0, length - 1),
            PaddingMode.Reflect => i < 0 ? -i : (2 * length) - 2 - i,
            _ => -1,
        };
    }

    /// <summary>
    /// The offset of every kernel position, in the order in which weights are packed, cut into blocks of at most <paramref name="maxDepth"/>
    /// products.
    /// </summary>
    public unsafe DepthBlock[] Blocks(int blockChannels, int maxDepth, nint* taps)
    {
        var blocks = new List<DepthBlock>();
        var blockLines = blockChannels / Together;
        var start = 0L;
        var next = taps;
        var dilation = Options.Dilation;
        var stride = Options.Stride.Columns;
        var first = taps;
        var depth = 0;
        for (long plane = 0; plane < Kernel.Frames * Kernel.Rows; plane++)
            for (var line = 0; line < Lines; line += blockLines)
                for (long column = 0; column < Kernel.Columns; column++)
                {
                    var lines = Math.Min(blockLines, Lines - line);
                    var count = (int)(next - first);
                    if (count > 0 && (lines != depth || (count + 1) * depth > maxDepth))
                    {
                        blocks.Add(new DepthBlock(start, depth, count, first));
                        start = start + ((long)depth * count);
                        first = next;
                    }

                    var (frame, row) = Math.DivRem(plane, Kernel.Rows);
                    var (index, phase) = Math.DivRem(column * dilation.Columns, stride);
                    *next++ = (nint)((frame * dilation.Frames * FrameFloats) + (row * dilation.Rows * RowFloats) + (line * ChannelStep) + (phase * PhaseLength) + index);
                    depth = lines;
                }

        blocks.Add(new DepthBlock(start, depth, (int)(next - first), first));
        return [.. blocks];
    }

    private static long Axis(Shape x, int fromEnd) => x.Rank > fromEnd ? x.FromEnd(fromEnd) : 1;

    private static long Length(OpCheck check, string axis, long length, (int Before, int After) pad, long kernel, int stride, int dilation, PaddingMode mode)
    {
        if (stride < 1 || dilation < 1 || pad.Before < 0 || pad.After < 0 || !Enum.IsDefined(mode))
            throw check.Fail($"{axis}: expected stride and dilation of at least 1 and padding of at least 0, got {stride}, {dilation}, {pad}, {mode}.");
        if (mode == PaddingMode.Reflect && Math.Max(pad.Before, pad.After) >= Math.Max(length, 1))
            throw check.Fail($"{axis}: a reflected padding of {pad} needs a longer axis than {length}.");
        if (mode == PaddingMode.Replicate && length == 0)
            throw check.Fail($"{axis}: an empty axis has no border to repeat.");
        var rest = length + pad.Before + pad.After - (dilation * (kernel - 1)) - 1;
        return rest >= 0 ? (rest / stride) + 1
            : throw check.Fail($"{axis}: a kernel of {kernel} with dilation {dilation} is longer than {length} with padding {pad}.");
    }
}
