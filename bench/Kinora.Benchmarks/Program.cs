using Kinora.Benchmarks;

// `serve-bare FILE` is the peer of the HTTP benchmark: a Kestrel endpoint that answers every request with the same bytes.
if (args is ["serve-bare", var file])
{
    await BareServer.RunAsync(await File.ReadAllBytesAsync(file));
    return;
}

// Name sections to run only these; Section.cs lists them.
var report = new Report();
var sections = args.Where(arg => Section.All.ContainsKey(arg)).ToList();
foreach (var section in sections.Count > 0 ? sections : [.. Section.All.Keys])
    await Section.All[section](report);
Console.WriteLine(report.ToMarkdown());
if (args is [.., "--output", var path])
    await File.WriteAllTextAsync(path, report.ToMarkdown());
