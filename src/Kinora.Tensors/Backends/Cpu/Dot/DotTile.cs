using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Kernels;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>Activations and weights as words of two bfloat16 or four bytes: a step is two or four k.</summary>
internal readonly unsafe struct DotTile<K> : ITile
    where K : struct, IDotKind
{
    public static int RowBytes => 128;

    public static int Together => K.Kind == DotKind.BFloat16 ? 2 : 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int rows, float* a, nint aStep, byte* b, float* c, nint cStep, in DepthBlock block, bool accumulate, byte* next, nint nextStep)
    {
        if (block.Length == 0)
        {
            for (var row = 0; row < rows && !accumulate; row++)
                new Span<float>(c + (row * cStep), 32).Clear();
            return;
        }

        var call = new DotCall
        {
            A = a,
            AStepBytes = aStep * sizeof(float),
            B = b,
            C = c,
            CStepBytes = cStep * sizeof(float),
            Depth = block.Depth,
            Taps = block.Taps,
            TapCount = block.TapCount,
            Accumulate = accumulate ? 1 : 0,
            Next = next,
            NextStep = nextStep,
        };
        DotTiles.Run(K.Kind, rows, ref call);
    }
}
