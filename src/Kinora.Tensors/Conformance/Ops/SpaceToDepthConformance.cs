using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Blocks of positions into channels and back, in both orders.</summary>
internal static class SpaceToDepthConformance
{
    public static IEnumerable<ConformanceCase> Cases => Enum.GetValues<PatchOrder>().SelectMany(order => new[]
    {
        Case(order, [1, 2, 3, 4, 5], (2, 2, 2), true),
        Case(order, [1, 2, 3, 4, 5], (2, 2, 2), false),
        Case(order, [2, 1, 2, 3, 3], (1, 4, 4), true),
        Case(order, [2, 1, 2, 3, 3], (1, 4, 4), false),
        Case(order, [1, 3, 2, 2, 8], (2, 1, 3), true),
        Case(order, [0, 3, 2, 2, 8], (2, 1, 3), false),
    });

    private static ConformanceCase Case(PatchOrder order, long[] size, (int P, int Q, int R) by, bool toDepth) =>
        new(toDepth ? "SpaceToDepth" : "DepthToSpace", $"{new Shape(size)} by {by}, {order}", 0, (backend, scope) =>
        {
            var (p, q, r) = by;
            var (b, f, h, w, c) = (size[0], size[1], size[2], size[3], size[4]);
            Shape wide = [b, f * p, h * q, w * r, c], deep = [b, f, h, w, c * p * q * r];
            var (x, output) = toDepth ? (Samples.Normal(scope, wide, 1), scope.Empty(deep)) : (Samples.Normal(scope, deep, 1), scope.Empty(wide));
            if (toDepth)
                backend.SpaceToDepth(x, output, order);
            else
                backend.DepthToSpace(x, output, order);
            var (values, y) = (Samples.Values(x), new double[output.Shape.ElementCount]);
            for (long i = 0; i < y.Length; i++)
            {
                // i runs through the wide tensor.
                var (channel, column, row, frame, batch) = (i % c, i / c % (w * r), i / c / (w * r) % (h * q), i / c / (w * r) / (h * q) % (f * p), i / c / (w * r) / (h * q) / (f * p));
                var within = order == PatchOrder.FrameRowColumn ? (((frame % p) * q) + (row % q)) * r + (column % r) : (((frame % p) * r) + (column % r)) * q + (row % q);
                var at = ((((((((batch * f) + (frame / p)) * h) + (row / q)) * w) + (column / r)) * c) + channel) * p * q * r + within;
                if (toDepth)
                    y[at] = values[i];
                else
                    y[i] = values[at];
            }

            return (output, y);
        });
}
