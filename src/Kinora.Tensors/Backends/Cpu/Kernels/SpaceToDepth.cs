namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Blocks of positions into channels and back. With both sides seen as [B, F, p, H, q, W, r, C] it is one strided copy whose two layouts are views.
/// </summary>
internal static class SpaceToDepth<S, V>
    where S : struct, Simd.ISimd<V>
    where V : unmanaged
{
    /// <summary>x [B, F·p, H·q, W·r, C], output [B, F, H, W, C·p·q·r].</summary>
    public static void Run(CpuContext cpu, string op, Tensor wide, Tensor deep, PatchOrder order, bool toDepth)
    {
        using var check = new OpCheck(op);
        check.Defined("order", order);
        var (wideName, deepName) = toDepth ? ("x", "output") : ("output", "x");
        check.Input(wideName, wide);
        check.Input(deepName, deep);
        check.Output("output", toDepth ? deep : wide);
        check.Apart("output", wide, "x", deep);
        foreach (var (name, tensor) in new[] { (wideName, wide), (deepName, deep) })
        {
            check.Rank(name, tensor, 5, 5);
            check.Dense(name, tensor);
        }

        var (p, q, r) = (Factor(check, wide, deep, 1), Factor(check, wide, deep, 2), Factor(check, wide, deep, 3));
        var (b, f, h, w, c) = (deep.Shape[0], deep.Shape[1], deep.Shape[2], deep.Shape[3], wide.Shape[4]);
        if (wide.Shape[0] != b || deep.Shape[4] != c * p * q * r)
            throw check.Fail($"blocks of {p}×{q}×{r} turn {wide.Shape} into [{b}, {f}, {h}, {w}, {c * p * q * r}], got {deep.Shape}.");
        if (wide.Shape.ElementCount == 0)
            return;

        // Both as [B, F, H, W, p, q, r, C].
        using var spread = wide.Reshape([b, f, p, h, q, w, r, c]).Permute(0, 1, 3, 5, 2, 4, 6, 7);
        using var blocks = order == PatchOrder.FrameRowColumn
            ? deep.Reshape([b, f, h, w, c, p, q, r]).Permute(0, 1, 2, 3, 5, 6, 7, 4)
            : deep.Reshape([b, f, h, w, c, p, r, q]).Permute(0, 1, 2, 3, 5, 7, 6, 4);
        Copy<S, V>.Run(cpu, toDepth ? spread : blocks, toDepth ? blocks : spread);
    }

    private static long Factor(OpCheck check, Tensor wide, Tensor deep, int axis)
    {
        if (deep.Shape[axis] == 0)
            return wide.Shape[axis] == 0 ? 1 : throw check.Fail($"axis {axis} of {deep.Shape} is empty, but not of {wide.Shape}.");
        return wide.Shape[axis] > 0 && wide.Shape[axis] % deep.Shape[axis] == 0 ? wide.Shape[axis] / deep.Shape[axis]
            : throw check.Fail($"axis {axis} of {wide.Shape} is not a multiple of that of {deep.Shape}.");
    }
}
