using System.Diagnostics;
using Amazon.S3;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests.Blobs.S3;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace Kinora.Jobs.Tests.Blobs.S3;

/// <summary>
/// The real S3 server of <c>scripts/s3-server</c>, started by the first test that asks for it and stopped after the last. On a laptop without its programs the
/// tests are skipped; where <c>KINORA_TEST_REQUIRE</c> names <c>s3</c> they fail.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kinora-s3-").FullName;
    private readonly Lazy<Task<S3Options>> _started;
    private Process? _process;

    public S3Server() => _started = new Lazy<Task<S3Options>>(StartAsync);

    /// <summary>A bucket of the test's own.</summary>
    internal async Task<S3Options> CreateBucketAsync()
    {
        SkipUnlessInstalled();
        var options = await _started.Value with { Bucket = "t-" + Guid.NewGuid().ToString("n") };
        using var client = new AmazonS3Client(
            options.AccessKey, options.SecretKey,
            new AmazonS3Config { ServiceURL = options.Endpoint!.ToString(), ForcePathStyle = true, UseHttp = true, AuthenticationRegion = options.Region });
        await client.PutBucketAsync(options.Bucket);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // The end of its input stops it and all that it started.
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static void SkipUnlessInstalled()
    {
        if (!RequiredTool.IsInstalled("swift-proxy-server"))
            RequiredTool.SkipOrFail("s3", "OpenStack Swift (apt: swift-proxy swift-account swift-container swift-object memcached)");
    }

    private async Task<S3Options> StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryRoot(), "scripts", "s3-server"), [_directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        string? line = await _process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith("S3 ready:", StringComparison.Ordinal) != true)
            throw new InvalidOperationException("The S3 server did not start: " + await errors);
        var says = line.Split(' ').Where(word => word.Contains('=', StringComparison.Ordinal)).ToDictionary(word => word[..word.IndexOf('=', StringComparison.Ordinal)], word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return new S3Options
        {
            Endpoint = new Uri(says["endpoint"]),
            Bucket = says["bucket"],
            AccessKey = says["access"],
            SecretKey = says["secret"],
            Region = says["region"],
            PartBytes = 5 << 20,
        };
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kinora.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
        return folder.FullName;
    }
}
