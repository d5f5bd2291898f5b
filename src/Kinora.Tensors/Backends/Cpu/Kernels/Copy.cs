using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Copies between any strides and types. Equal types are moved as bytes, bfloat16 is widened by vectors and narrowed with integer arithmetic; other
/// pairs go through double, one element at a time. Exact, or rounded once to nearest even.
/// </summary>
internal static unsafe class Copy<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static void Run(CpuContext cpu, Tensor x, Tensor output)
    {
        using var check = new OpCheck("Copy");
        check.InputOf("x", x, Enum.GetValues<DType>());
        check.OutputOfAnyType("output", output);
        check.Shape("output", output, x.Shape);
        check.Apart("output", output, "x", x, orSame: x.DType == output.DType);
        var loop = new ElementLoop(x.Shape, x.Layout, output.Layout);
        var source = x.Address();
        var target = output.Address();
        var from = x.DType;
        var to = output.DType;
        var (size, targetSize, step, targetStep) = (from.SizeInBytes(), to.SizeInBytes(), loop.Step(0), loop.Step(1));
        loop.For(cpu.Team, (a, b, _, count) => Row(from, source + (a * size), step, to, target + (b * targetSize), targetStep, count));
    }

    private static void Row(DType from, byte* source, long step, DType to, byte* target, long targetStep, long count)
    {
        if (from == to)
            Move(source, step, target, targetStep, count, from.SizeInBytes());
        else if (from == DType.BFloat16 && to == DType.Float32 && step == 1 && targetStep == 1)
            Widen((ushort*)source, (float*)target, count);
        else if (from == DType.Float32 && to == DType.BFloat16)
            Narrow((float*)source, step, (ushort*)target, targetStep, count);
        else
            Convert(from, source, step, to, target, targetStep, count);
    }

    private static void Move(byte* source, long step, byte* target, long targetStep, long count, int size)
    {
        if (step == 1 && targetStep == 1)
        {
            Buffer.MemoryCopy(source, target, count * size, count * size);
            return;
        }

        for (long i = 0; i < count; i++)
        {
            var from = source + (i * step * size);
            var to = target + (i * targetStep * size);
            switch (size)
            {
                case 1: *to = *from; break;
                case 2: *(ushort*)to = *(ushort*)from; break;
                case 4: *(uint*)to = *(uint*)from; break;
                default: *(ulong*)to = *(ulong*)from; break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ushort* source, float* target, long count)
    {
        long i = 0;
        for (; i + S.Lanes <= count; i += S.Lanes)
            S.Store(target + i, S.LoadBFloat16(source + i));
        for (; i < count; i++)
            target[i] = ElementConversion.FromBFloat16(source[i]);
    }

    private static void Narrow(float* source, long step, ushort* target, long targetStep, long count)
    {
        for (long i = 0; i < count; i++)
            target[i * targetStep] = ElementConversion.ToBFloat16(source[i * step]);
    }

    private static void Convert(DType from, byte* source, long step, DType to, byte* target, long targetStep, long count)
    {
        var (size, targetSize) = (from.SizeInBytes(), to.SizeInBytes());
        for (long i = 0; i < count; i++)
            ElementConversion.Write(to, target + (i * targetStep * targetSize), ElementConversion.Read(from, source + (i * step * size)));
    }
}
