using Kinora.Benchmarks;

// `serve-bare FILE` is the peer of the HTTP benchmark: a Kestrel endpoint that answers every request with the same bytes.
if (args is ["serve-bare", var file])
{
    await BareServer.RunAsync(await File.ReadAllBytesAsync(file));
    return;
}

var report = new Report();
await ClipBenchmark.RunAsync(report);
await MemoryBenchmark.RunAsync(report);
await UploadBenchmark.RunAsync(report);
await HttpBenchmark.RunAsync(report);
Console.WriteLine(report.ToMarkdown());
if (args is ["--output", var path])
    await File.WriteAllTextAsync(path, report.ToMarkdown());
