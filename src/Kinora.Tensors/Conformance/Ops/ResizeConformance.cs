namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Bilinear resize with half-pixel centres.</summary>
internal static class ResizeConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
        [Case(1, 4, 5, 3, 8, 10), Case(2, 9, 7, 4, 5, 3), Case(1, 1, 1, 1, 3, 2), Case(1, 6, 6, 2, 6, 6), Case(1, 5, 8, 17, 7, 20)];

    private static ConformanceCase Case(int b, int h, int w, int c, int toH, int toW) => new("ResizeBilinear", $"[{b}, {h}, {w}, {c}] → {toH}×{toW}", 1e-6, (backend, scope) =>
    {
        var (x, output) = (Samples.Normal(scope, [b, h, w, c], 1), scope.Empty([b, toH, toW, c]));
        backend.ResizeBilinear(x, output);
        var (v, y) = (Samples.Values(x), new double[output.Shape.ElementCount]);
        for (var i = 0; i < y.Length; i++)
        {
            var (channel, column, row, batch) = (i % c, i / c % toW, i / c / toW % toH, i / c / toW / toH);
            var down = Math.Clamp(((row + 0.5) * h / toH) - 0.5, 0, h - 1);
            var across = Math.Clamp(((column + 0.5) * w / toW) - 0.5, 0, w - 1);
            double At(int yy, int xx) => v[(((((batch * h) + Math.Min(yy, h - 1)) * w) + Math.Min(xx, w - 1)) * c) + channel];
            var (top, left) = ((int)down, (int)across);
            var upper = (At(top, left) * (1 - (across - left))) + (At(top, left + 1) * (across - left));
            var lower = (At(top + 1, left) * (1 - (across - left))) + (At(top + 1, left + 1) * (across - left));
            y[i] = (upper * (1 - (down - top))) + (lower * (down - top));
        }

        return (output, y);
    });
}
