using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Samples one output row from a texture, bilinear with 7-bit weights:
/// h = (t00 (128 - fx) + t01 fx) / 128 on two texture rows, then v = h0 (128 - fy) + h1 fy, rounded to 8 bits.
/// All three implementations are integer arithmetic and give the same bytes; they differ in how they fetch texels.
/// </summary>
internal static unsafe class WarpKernel
{
    public const int WeightBits = 7;

    /// <summary>The fastest set of instructions this machine has.</summary>
    public static WarpInstructions Best { get; } =
        Avx512BW.VL.IsSupported ? WarpInstructions.Permute : Avx2.IsSupported ? WarpInstructions.Gather : WarpInstructions.Portable;

    public static bool Supports(WarpInstructions instructions) => instructions switch
    {
        WarpInstructions.Permute => Avx512BW.VL.IsSupported,
        WarpInstructions.Gather => Avx2.IsSupported,
        _ => true,
    };

    /// <param name="texture">What to sample.</param>
    /// <param name="map">Positions in texture pixels; outside positions are clamped to the edge.</param>
    /// <param name="width">Pixels to write, any number from 1.</param>
    /// <param name="output">The row.</param>
    /// <param name="instructions">Which implementation; the caller has checked that it is supported.</param>
    public static void Row(Texture texture, RowMap map, int width, byte* output, WarpInstructions instructions)
    {
        var whole = width & ~7;
        RowOfEights(texture, map, 0, whole, output, instructions);
        if (whole == width)
            return;
        var tail = stackalloc byte[8];
        RowOfEights(texture, map, whole, whole + 8, tail - whole, instructions);
        for (var x = whole; x < width; x++)
            output[x] = tail[x - whole];
    }

    private static void RowOfEights(Texture texture, RowMap map, int from, int to, byte* output, WarpInstructions instructions)
    {
        if (instructions == WarpInstructions.Permute)
            WarpPermute.Row(texture, map, from, to, output);
        else if (instructions == WarpInstructions.Gather)
            WarpGather.Row(texture, map, from, to, output);
        else
            WarpPortable.Row(texture, map, from, to, output);
    }
}
