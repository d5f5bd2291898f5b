namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Bilinear resize: output pixel i shows the source at (i + ½)·n/m - ½, borders repeated. Two rows of the source are joined with fixed weights,
/// column by column. Parallel over output rows. Tolerance against the naive twin: 10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class ResizeBilinear
{
    public static void Run(CpuContext cpu, Tensor x, Tensor output)
    {
        using var check = new OpCheck("ResizeBilinear");
        check.Input("x", x);
        check.Output("output", output);
        check.Rank("x", x, 4, 4);
        check.Rank("output", output, 4, 4);
        check.Shape("output", output, [x.Shape[0], output.Shape[1], output.Shape[2], x.Shape[3]]);
        check.DenseRows("x", x);
        check.DenseRows("output", output);
        check.Apart("output", output, "x", x);
        if (output.Shape.ElementCount == 0)
            return;
        if (x.Shape.ElementCount == 0)
            throw check.Fail($"an empty picture can't be resized, got {x}.");
        var (height, width) = (output.Shape[1], output.Shape[2]);
        cpu.Team.Run(x.Shape[0] * height, (task, _) => Row(x, output, task / height, task % height, width));
    }

    private static void Row(Tensor x, Tensor output, long batch, long row, long width)
    {
        var (top, bottom, down) = Position(row, x.Shape[1], output.Shape[1]);
        var strides = x.Layout;
        var picture = x.Floats() + (batch * x.Layout.Stride(0));
        var target = output.Floats() + (batch * output.Layout.Stride(0)) + (row * output.Layout.Stride(1));
        for (long i = 0; i < width; i++, target += output.Layout.Stride(2))
        {
            var (left, right, across) = Position(i, x.Shape[2], width);
            var a = picture + (top * strides.Stride(1));
            var b = picture + (bottom * strides.Stride(1));
            for (long c = 0; c < x.Shape[3]; c++)
            {
                var upper = Between(a[(left * strides.Stride(2)) + c], a[(right * strides.Stride(2)) + c], across);
                var lower = Between(b[(left * strides.Stride(2)) + c], b[(right * strides.Stride(2)) + c], across);
                target[c] = Between(upper, lower, down);
            }
        }
    }

    private static float Between(float a, float b, float part) => (a * (1 - part)) + (b * part);

    private static (long First, long Second, float Part) Position(long index, long from, long to)
    {
        var place = Math.Clamp(((index + 0.5) * from / to) - 0.5, 0, from - 1);
        var first = (long)place;
        return (first, Math.Min(first + 1, from - 1), (float)(place - first));
    }
}
