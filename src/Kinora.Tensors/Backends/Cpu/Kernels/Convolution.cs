using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Convolutions over columns, rows and frames as products without im2col: the input is turned once to channel-major rows with its padding (see
/// <see cref="ConvolutionPlan"/>), and all kernel positions of a depth block run over that one copy. Long clips go through in stretches of frames, to
/// bound the copy. Tolerance against the naive twin: 3·10⁻⁶ of the largest result for float weights.
/// </summary>
internal static unsafe class Convolution<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long MostPaddedFloats = 64 << 20;

    public static void Run(CpuContext cpu, Tensor x, PackedWeights weights, Tensor output, ConvolutionOptions options, Epilogue? epilogue)
    {
        using var check = new OpCheck("Convolution");
        check.Input("x", x);
        cpu.Weights(check, weights, rank: 5);
        check.Output("output", output);
        check.Rank("x", x, 3, 5);
        check.Dense("x", x);
        check.Dense("output", output);
        check.Apart("output", output, "x", x);
        var kernel = weights.Shape;
        if (x.Shape[-1] != kernel[1] || (x.Shape.Rank < 5 && kernel[2] != 1) || (x.Shape.Rank < 4 && kernel[3] != 1))
            throw check.Fail($"a kernel {kernel} does not fit x, which is {x}.");
        var plan = new ConvolutionPlan(check, x.Shape, kernel, options ?? throw check.Fail("options are null."), weights.Order);
        long[] lengths = [plan.OutFrames, plan.OutRows, plan.OutColumns];
        check.Shape("output", output, [x.Shape[0], .. lengths[(5 - x.Shape.Rank)..], weights.Outputs]);
        var panels = new WeightPanels(weights);
        var store = new EpilogueStore<S, V>(output, 0).WithScale(panels.Scales).With(check, epilogue, output);
        if (output.Shape.ElementCount > 0)
            Multiply(cpu, plan, x.Floats(), x.Shape[0], panels, weights, weights.Outputs, store);
    }

    /// <summary>The convolution proper, of operands that were checked.</summary>
    public static void Multiply(
        CpuContext cpu, ConvolutionPlan plan, float* x, long batches, WeightPanels panels, PackedWeights weights, long columns, EpilogueStore<S, V> store)
    {
        var (reach, stride) = (((plan.Kernel.Frames - 1) * plan.Options.Dilation.Frames) + 1, plan.Options.Stride.Frames);
        var stretch = Math.Clamp(((MostPaddedFloats / Math.Max(1, plan.FrameFloats)) - reach) / stride, 1, plan.OutFrames);
        using var padded = Tensor.Allocate(cpu.Memory, DType.Float32, [((stretch - 1) * stride) + reach, plan.PaddedRows, plan.RowFloats]);
        var positions = plan.Kernel.Frames * plan.Kernel.Rows * plan.Kernel.Columns;
        using var offsets = Tensor.Allocate(cpu.Memory, DType.Int64, [positions * ((plan.Channels / weights.BlockChannels) + 1)]);
        var blocks = plan.Channels == 0 ? [new DepthBlock(0, 0, 0, null)] : plan.Blocks(weights.BlockChannels, PanelProduct<S, V>.MaxDepth, (nint*)offsets.Address());
        var clip = plan.Frames * plan.Rows * plan.Columns * plan.Channels;
        var picture = padded.Floats();
        for (long batch = 0; batch < batches; batch++)
            for (long first = 0; first < plan.OutFrames; first += stretch)
            {
                var frames = Math.Min(stretch, plan.OutFrames - first);
                var rows = (((frames - 1) * stride) + reach) * plan.PaddedRows;
                var source = x + (batch * clip);
                cpu.Team.Run(rows, (row, worker) =>
                {
                    var words = plan.Together == 1 ? null : (uint*)cpu.Scratch(worker, S.Lanes * WordStep(plan));
                    PadRow(plan, source, (first * stride) + (row / plan.PaddedRows), row % plan.PaddedRows, picture + (row * plan.RowFloats), words);
                });
                store.FirstRow = (batch * plan.Positions) + (first * plan.OutRows * plan.OutColumns);
                PanelProduct<S, V>.Run(cpu, 1, new PictureRows(picture, plan, frames, S.TileRows), blocks, panels, columns, store);
            }
    }

    // Words of a position, and some more: positions a power of two apart would share a few sets of the cache.
    private static long WordStep(ConvolutionPlan plan) => plan.Lines + 16;

    // One row of the padded input: [channel][phase][column].
    private static void PadRow(ConvolutionPlan plan, float* x, long frame, long row, float* target, uint* words)
    {
        var options = plan.Options;
        var sourceFrame = ConvolutionPlan.Source(frame, plan.Frames, options.PadFrames.Before, options.FrameMode);
        var sourceRow = ConvolutionPlan.Source(row, plan.Rows, options.PadRows.Before, options.SpaceMode);
        if (sourceFrame < 0 || sourceRow < 0)
        {
            System.Runtime.InteropServices.NativeMemory.Clear(target, (nuint)(plan.RowFloats * sizeof(float)));
            return;
        }

        var source = x + (((sourceFrame * plan.Rows) + sourceRow) * plan.Columns * plan.Channels);
        var stride = options.Stride.Columns;
        for (long phase = 0; phase < stride; phase++)
        {
            // The columns of this phase that lie inside the picture are one strided run; the few before and after it are padding.
            var before = Math.Max(0, (options.PadColumns.Before - phase + stride - 1) / stride);
            var end = Math.Clamp((plan.Columns + options.PadColumns.Before - phase + stride - 1) / stride, before, plan.PhaseLength);
            before = Math.Min(before, end);
            var line = target + (phase * plan.PhaseLength);
            var inside = source + (((before * stride) + phase - options.PadColumns.Before) * plan.Channels);
            Turn(plan, inside, (nint)(stride * plan.Channels), end - before, line + before, words);
            for (long i = 0; i < before; i++)
                PadColumn(plan, source, (i * stride) + phase, line + i);
            for (var i = end; i < plan.PhaseLength; i++)
                PadColumn(plan, source, (i * stride) + phase, line + i);
        }
    }

    private static void PadColumn(ConvolutionPlan plan, float* source, long index, float* target)
    {
        var column = ConvolutionPlan.Source(index, plan.Columns, plan.Options.PadColumns.Before, plan.Options.SpaceMode);

        // Phases are filled up to equal lengths: what lies behind the padding is never read by a kernel, but must be there.
        var isKnown = column >= 0 && column < plan.Columns;
        for (long c = 0; c < plan.Lines; c++)
            target[c * plan.ChannelStep] = 0;
        if (isKnown && plan.Together == 1)
        {
            for (long c = 0; c < plan.Channels; c++)
                target[c * plan.ChannelStep] = source[(column * plan.Channels) + c];
        }
        else if (isKnown)
            DotRows.Pairs(source + (column * plan.Channels), plan.Channels, (uint*)target, (nint)plan.ChannelStep);
    }

    // Positions one behind the other become channels one behind the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(ConvolutionPlan plan, float* source, nint sourceStep, long count, float* target, uint* words)
    {
        var (lines, wordStep) = (plan.Lines, (nint)WordStep(plan));
        for (long i = 0; i < count; i += S.Lanes, source += S.Lanes * sourceStep)
        {
            var rows = (int)Math.Min(S.Lanes, count - i);
            float* from = source;
            var step = sourceStep;
            if (plan.Together == 2)
            {
                for (var r = 0; r < rows; r++)
                    DotRows.Pairs(source + (r * sourceStep), plan.Channels, words + (r * wordStep));
                from = (float*)words;
                step = wordStep;
            }

            Turn(from, step, rows, lines, target + i, (nint)plan.ChannelStep);
        }
    }

    private static void Turn(float* source, nint sourceStep, int rows, int lines, float* target, nint targetStep)
    {
        var c = 0;
        for (; c + S.Lanes <= lines; c += S.Lanes)
            S.Transpose(source + c, sourceStep, rows, target + (c * targetStep), targetStep);
        for (; c < lines; c++)
        {
            for (var r = 0; r < rows; r++)
                target[(c * targetStep) + r] = source[(r * sourceStep) + c];
        }
    }
}
