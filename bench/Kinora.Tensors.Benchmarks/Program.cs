using Kinora.Tensors.Benchmarks;

// Kinora.Tensors.Benchmarks [matmul|attention|convolution|elementwise|peak|all|conformance] [seconds per table] [threads] [one size]
var what = args.ElementAtOrDefault(0) ?? "all";
var seconds = double.Parse(args.ElementAtOrDefault(1) ?? "8", System.Globalization.CultureInfo.InvariantCulture);
var threads = int.Parse(args.ElementAtOrDefault(2) ?? "2", System.Globalization.CultureInfo.InvariantCulture);
var only = args.ElementAtOrDefault(3) ?? string.Empty;
if (what == "conformance")
{
    ConformanceTable.Print();
    return 0;
}

if (!OpenBlas.IsPresent)
{
    Console.Error.WriteLine("OpenBLAS is missing: apt-get install libopenblas0-pthread");
    return 1;
}

var model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
Console.WriteLine($"{model}; {OpenBlas.Describe()}{(OneDnn.IsPresent ? "; oneDNN" : string.Empty)}; {Environment.ProcessorCount} processors, {threads} threads, at least {seconds} s per table");
Console.WriteLine();
Console.WriteLine("| work | contestant | median 10⁹/s | best 10⁹/s | median paired ratio | wanted |");
Console.WriteLine("|---|---|---|---|---|---|");
var all = what == "all";
OpenBlas.SetThreads(threads);
if (OneDnn.IsPresent)
    OneDnn.SetThreads(threads);
if (all || what == "matmul")
    MatMulBenchmark.Run(threads, seconds, only);
if (all || what == "attention")
    AttentionBenchmark.Run(threads, seconds, only);
if (all || what == "convolution")
    ConvolutionBenchmark.Run(threads, seconds, only);
if (all || what == "elementwise")
    ElementwiseBenchmark.Run(threads, seconds);
if (all || what == "peak")
    PeakBenchmark.Run(seconds);
return 0;
