namespace Kinora.Rendering.Parallax;

/// <summary>The plain form of <see cref="WarpKernel"/>, one pixel at a time.</summary>
internal static unsafe class WarpPortable
{
    public static void Row(Texture texture, RowMap map, int from, int to, byte* output)
    {
        int maxX = (texture.Width - 1) << RowMap.FractionBits, maxY = (texture.Height - 1) << RowMap.FractionBits;
        for (var x = from; x < to; x++)
        {
            int cell = x >> map.CellShift, inside = x - (cell << map.CellShift);
            int sourceX = map.X[cell] + Along(inside, map.StepX[cell]), sourceY = map.Y[cell] + Along(inside, map.StepY[cell]);
            output[x] = Sample(texture, Math.Clamp(sourceX, 0, maxX), Math.Clamp(sourceY, 0, maxY));
        }
    }

    private static int Along(int inside, int step) => ((inside << RowMap.StepBits) * step + (1 << 14)) >> 15;

    private static byte Sample(Texture texture, int x, int y)
    {
        const int Mask = (1 << RowMap.FractionBits) - 1;
        var at = texture.Origin + (nint)(y >> RowMap.FractionBits) * texture.Stride + (x >> RowMap.FractionBits);
        int fx = x & Mask, fy = y & Mask;
        var upper = at[0] * (128 - fx) + at[1] * fx;
        at += texture.Stride;
        var lower = at[0] * (128 - fx) + at[1] * fx;
        // (d * fy * 256 / 2^14 + 1) / 2 is the rounded high product of the SIMD kernels.
        var value = upper + ((((lower - upper) * (fy << 8) >> 14) + 1) >> 1);
        return (byte)(((value + 64) >> 7) + Texture.Bias);
    }
}
