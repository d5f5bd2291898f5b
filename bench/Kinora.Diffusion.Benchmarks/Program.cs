using System.Globalization;
using Kinora.Diffusion.Benchmarks;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

// Kinora.Diffusion.Benchmarks [head|step|decoder|t5|clip|memory] [float32|bfloat16|int8] [threads]
var what = args.ElementAtOrDefault(0) ?? "step";
var precision = Enum.Parse<ProductPrecision>(args.ElementAtOrDefault(1) ?? "float32", ignoreCase: true);
var threads = int.Parse(args.ElementAtOrDefault(2) ?? Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
if (what == "head")
{
    Console.WriteLine("| work | products | 10¹² operations | seconds | 10⁹/s | FMA peak 10⁹/s | share of peak | wanted | tensors at most, GB | process at most, GB |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
    return 0;
}

using var backend = CpuBackend.Create(new CpuOptions { Threads = threads, Precision = precision });
switch (what)
{
    case "step": TransformerBenchmark.Step(backend, threads); break;
    case "clip": ClipBenchmark.Run(backend, threads); break;
    case "decoder": DecoderBenchmark.Run(backend, threads); break;
    case "memory": MemoryBenchmark.Run(backend, threads); break;
    case "t5": TextEncoderBenchmark.Run(backend, threads); break;
    default: Console.Error.WriteLine($"Nothing is called '{what}'."); return 1;
}

return 0;
