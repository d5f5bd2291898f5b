using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kinora.Jobs;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Chaos;

/// <summary>Fronts and workers on one database and one store of files, all real processes.</summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>How long a worker may be silent. Short, so that a run sees many leases run out.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-chaos-").FullName;
    private Process? _s3;

    internal Network Network { get; private set; } = null!;

    internal PostgresServer? Postgres { get; private set; }

    internal JobsOptions Options { get; private set; } = null!;

    internal List<KinoraChild> Fronts { get; } = [];

    internal List<KinoraChild> Workers { get; } = [];

    /// <summary>Where the fronts answer.</summary>
    internal List<Uri> Addresses { get; } = [];

    internal string LogFolder => Path.Combine(_folder, "logs");

    internal static async Task<Installation> StartAsync(ChaosOptions options)
    {
        var installation = new Installation { Network = new Network(options.UseNamespaces) };
        await installation.Network.StartAsync();
        Directory.CreateDirectory(installation.LogFolder);
        installation.Options = new JobsOptions { DataDirectory = Path.Combine(installation._folder, "data") };
        if (options.Store == "postgres")
        {
            installation.Postgres = await PostgresServer.StartAsync(installation.Network.Address);
            installation.Options = installation.Options with { Database = await installation.Postgres.CreateDatabaseAsync() };
        }

        if (options.UseS3)
            installation.Options = installation.Options with { S3 = await installation.StartS3Async() };
        for (int i = 0; i < options.Fronts; i++)
            await installation.AddFrontAsync(i);
        for (int i = 0; i < options.Workers; i++)
            await installation.AddWorkerAsync(i);
        installation.Fronts.ForEach(front => front.Start());
        installation.Workers.ForEach(worker => worker.Start());
        return installation;
    }

    /// <summary>Waits until every front answers.</summary>
    internal async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient();
        foreach (var address in Addresses)
        {
            while (!await AnswersAsync(http, address))
                await Task.Delay(100);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "healthz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Fronts.Concat(Workers))
            child.Dispose();
        if (_s3 is not null)
        {
            _s3.StandardInput.Close();
            await _s3.WaitForExitAsync();
            _s3.Dispose();
        }

        if (Postgres is not null)
            await Postgres.DisposeAsync();
        await Network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddFrontAsync(int number)
    {
        var (host, address) = await Network.AddHostAsync();
        int port = FindFreePort();
        Addresses.Add(new Uri($"http://{address}:{port}"));
        string slots = Options.Database is null ? "1" : "0";
        Fronts.Add(Create($"front {number + 1}", host, ["serve", "--url", $"http://{address}:{port}", "--allow-anonymous", "--slots", slots, .. CommonArguments]));
    }

    private async Task AddWorkerAsync(int number)
    {
        var (host, _) = await Network.AddHostAsync();
        Workers.Add(Create($"worker {number + 1}", host, ["worker", "--engines", "motion", "--slots", "2", .. CommonArguments]));
    }

    private static string[] CommonArguments =>
        ["--instant", "--faults", "--lease", Lease.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "--grace", "1"];

    private KinoraChild Create(string name, string? host, string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["KINORA_MaxAttempts"] = "50" };
        if (Options.Database is { } database)
            environment["KINORA_DATABASE"] = database;
        if (Options.S3 is { } s3)
        {
            (environment["KINORA_S3__Bucket"], environment["KINORA_S3__Endpoint"]) = (s3.Bucket, s3.Endpoint!.ToString());
            (environment["KINORA_S3__AccessKey"], environment["KINORA_S3__SecretKey"], environment["KINORA_S3__Region"]) = (s3.AccessKey!, s3.SecretKey!, s3.Region);
        }

        // With a bucket no two processes share a disk.
        string data = Options.S3 is null ? Options.DataDirectory : Path.Combine(_folder, name.Replace(' ', '-'));
        return new KinoraChild(name, host, [.. arguments, "--data", data], environment, Path.Combine(LogFolder, name.Replace(' ', '-') + ".log"));
    }

    private async Task<S3Options> StartS3Async()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "s3-server"), Path.Combine(_folder, "s3"), "0", Network.Address])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _s3 = Process.Start(start)!;
        string line = await _s3.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The S3 server did not start.");
        var says = line.Split(' ').Where(word => word.Contains('=', StringComparison.Ordinal)).ToDictionary(word => word.Split('=', 2)[0], word => word.Split('=', 2)[1]);
        return new S3Options
        {
            Bucket = says["bucket"],
            Endpoint = new Uri(says["endpoint"]),
            AccessKey = says["access"],
            SecretKey = says["secret"],
            Region = says["region"],
        };
    }

    private static int FindFreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
