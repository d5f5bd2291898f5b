using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Samples one output row from a texture, bilinear with 7-bit weights: h = t0 (128 - fx) + t1 fx on two texture rows, then v = h0 + (h1 - h0) fy / 128, rounded,
/// and (v + 64) / 128 + 128. All implementations are integer arithmetic and give the same bytes; they differ in how they fetch texels.
/// </summary>
internal static unsafe class WarpKernel
{
    /// <summary>The fastest set of instructions this machine has.</summary>
    public static WarpInstructions Best { get; } = Enum.GetValues<WarpInstructions>().Last(Supports);

    public static bool Supports(WarpInstructions instructions) => instructions switch
    {
        WarpInstructions.Permute => Avx512Vbmi.IsSupported && Avx512BW.IsSupported && Avx2.IsSupported,
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
        if (instructions == WarpInstructions.Permute)
            WarpPermute.Row(texture, null, map, whole, output, null);
        else
            Eights(texture, map, 0, whole, output, instructions);
        Tail(texture, map, whole, width, output, instructions);
    }

    /// <summary>Samples two textures of the same size at the same places: both chroma planes.</summary>
    public static void Row(Texture first, Texture second, RowMap map, int width, byte* firstOutput, byte* secondOutput, WarpInstructions instructions)
    {
        if (instructions != WarpInstructions.Permute)
        {
            Row(first, map, width, firstOutput, instructions);
            Row(second, map, width, secondOutput, instructions);
            return;
        }
        var whole = width & ~7;
        WarpPermute.Row(first, second, map, whole, firstOutput, secondOutput);
        Tail(first, map, whole, width, firstOutput, instructions);
        Tail(second, map, whole, width, secondOutput, instructions);
    }

    private static void Tail(Texture texture, RowMap map, int whole, int width, byte* output, WarpInstructions instructions)
    {
        if (whole == width)
            return;
        var tail = stackalloc byte[8];
        Eights(texture, map, whole, whole + 8, tail - whole, instructions);
        for (var x = whole; x < width; x++)
            output[x] = tail[x - whole];
    }

    private static void Eights(Texture texture, RowMap map, int from, int to, byte* output, WarpInstructions instructions)
    {
        if (instructions == WarpInstructions.Portable)
            WarpPortable.Row(texture, map, from, to, output);
        else
            WarpGather.Row(texture, map, from, to, output);
    }
}
