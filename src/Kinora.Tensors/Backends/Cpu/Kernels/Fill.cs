namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Sets every element of a tensor of any type and strides; the value is rounded as a copy would.</summary>
internal static unsafe class Fill
{
    public static void Run(CpuContext cpu, Tensor output, float value)
    {
        using var check = new OpCheck("Fill");
        check.OutputOfAnyType("output", output);
        var size = output.DType.SizeInBytes();
        var target = output.Address();
        var dtype = output.DType;
        var loop = new ElementLoop(output.Shape, output.Layout);
        var step = loop.Step(0);
        var bits = Bits(dtype, value);
        loop.For(cpu.Team, (a, _, _, count) => Row(target + (a * size), step * size, size, bits, count));
    }

    private static long Bits(DType dtype, float value)
    {
        var bits = 0L;
        ElementConversion.Write(dtype, (byte*)&bits, value);
        return bits;
    }

    private static void Row(byte* target, long step, int size, long bits, long count)
    {
        for (long i = 0; i < count; i++, target += step)
        {
            switch (size)
            {
                case 1: *target = (byte)bits; break;
                case 2: *(ushort*)target = (ushort)bits; break;
                case 4: *(uint*)target = (uint)bits; break;
                default: *(long*)target = bits; break;
            }
        }
    }
}
