using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// The innermost loop of every matrix product, convolution and attention: a tile of C held in registers, rows × 2 vectors, where a step of k
/// multiplies <c>rows</c> broadcast numbers of A with two vectors of a weight panel.
/// </summary>
/// <remarks>
/// The tiles themselves are generated (RegisterTile.g.cs). A is read at <c>a + taps[t] + k·aStep + row</c>, so one kernel serves packed panels (one
/// tap) and convolutions (one tap per kernel position, each an offset into the same padded image). B is a panel <c>[k][32]</c> in the format
/// <typeparamref name="W"/>, k running through all taps; a tile's two vectors are sixteen columns apart. C is row-major with <c>cStep</c>; it is
/// overwritten or, with <c>accumulate</c>, added to.
/// </remarks>
internal static unsafe partial class RegisterTile<S, V, W>
    where S : struct, ISimd<V>
    where V : unmanaged
    where W : struct, IWeightFormat<V>
{
    /// <summary>Columns of a weight panel; the same on every path, so that packed weights do not depend on the processor.</summary>
    public const int PanelWidth = 32;

    private static readonly nint[] s_table = FindAll();

    /// <summary>Multiplies <paramref name="rows"/> rows (1 to <c>S.TileRows</c>) with one panel of 32 columns.</summary>
    public static void Multiply(int rows, float* a, nint aStep, byte* b, float* c, nint cStep, nint depth, nint* taps, nint tapCount, bool accumulate) =>
        Multiply(rows, a, aStep, b, c, cStep, depth, taps, tapCount, accumulate, b, 0);

    /// <summary>
    /// As the other one, and on the way asks for the memory from <paramref name="next"/> on, <paramref name="nextStep"/> bytes per step of k: the
    /// next row panel, which would else arrive late from the third-level cache.
    /// </summary>
    public static void Multiply(
        int rows, float* a, nint aStep, byte* b, float* c, nint cStep, nint depth, nint* taps, nint tapCount, bool accumulate, byte* next, nint nextStep)
    {
        var kernel = (delegate*<float*, nint, byte*, float*, nint, nint, nint*, nint, bool, byte*, nint, void>)s_table[rows];
        for (var column = 0; column < PanelWidth / 2; column += S.Lanes)
            kernel(a, aStep, b + (column * W.ColumnBytes), c + column, cStep, depth, taps, tapCount, accumulate, next, nextStep);
    }

    private static nint[] FindAll()
    {
        var table = new nint[S.TileRows + 1];
        for (var rows = 1; rows <= S.TileRows; rows++)
            table[rows] = (nint)Find(rows);
        return table;
    }
}
