using Kinora.Tensors.Random;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Fills a dense tensor with numbers of <see cref="Philox"/>; element i is number i of the stream. Parallel over stretches.</summary>
internal static unsafe class FillRandom
{
    private const int Stretch = 16384;

    public static void Run(CpuContext cpu, string op, Tensor output, ulong seed, ulong stream, bool normal)
    {
        using var check = new OpCheck(op);
        check.Output("output", output);
        check.Dense("output", output);
        var count = output.Shape.ElementCount;
        var target = output.Floats();
        cpu.Team.Run((count + Stretch - 1) / Stretch, (task, _) =>
        {
            var first = task * Stretch;
            var span = new Span<float>(target + first, (int)Math.Min(Stretch, count - first));
            if (normal)
                Philox.Normal(seed, stream, first, span);
            else
                Philox.Uniform(seed, stream, first, span);
        });
    }
}
