using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Server.Tests.Fetching;

/// <summary>A real fetcher with a scratch directory. Unless a test says otherwise, 127.0.0.1 is opened, so that it can reach the hosts that tests run there.</summary>
internal sealed class FetchingHouse : IDisposable
{
    public const long MaxBytes = 10_000;
    private readonly HttpDownload _download;

    public FetchingHouse(
        Action<FetchingOptions>? configure = null,
        IHostResolver? resolver = null,
        Func<IPEndPoint, IPEndPoint>? network = null,
        X509Certificate2? trusted = null,
        OwnFiles? ownFiles = null)
    {
        var options = new FetchingOptions { AllowedPrivateHosts = ["127.0.0.1"] };
        configure?.Invoke(options);
        Assert.True(new FetchingOptionsValidation().Validate(null, options).Succeeded);
        var connector = new PinnedConnector(
            new AddressPolicy(new OpenedHosts(options.AllowedPrivateHosts)), resolver ?? new SystemHostResolver(), Dial, options.ConnectTimeout, TimeProvider.System);
        _download = new HttpDownload(options, connector, TimeProvider.System, trusted is null ? null : [trusted]);
        Fetcher = new MediaFetcher(_download, ownFiles, NullLogger<MediaFetcher>.Instance);

        ValueTask<Stream> Dial(IPEndPoint endpoint, CancellationToken cancellationToken)
        {
            lock (Dialled)
                Dialled.Add(endpoint.Address.ToString());
            return PinnedConnector.DialTcpAsync(network?.Invoke(endpoint) ?? endpoint, cancellationToken);
        }
    }

    public MediaFetcher Fetcher { get; }

    public ScratchDirectory Scratch { get; } = ScratchDirectory.Create();

    /// <summary>Every address to which a connection was opened.</summary>
    public List<string> Dialled { get; } = [];

    public static MediaReference Reference(string url, long maxBytes = MaxBytes, double downloadSeconds = 20) => new(
        url,
        ["body", "start_image_url"],
        new MediaLimits { MaxBytes = maxBytes, Formats = ["png"], DownloadTimeout = TimeSpan.FromSeconds(downloadSeconds) });

    public Task<FetchOutcome> FetchAsync(string url, double downloadSeconds = 20) =>
        Fetcher.FetchAsync(Reference(url, downloadSeconds: downloadSeconds), Scratch, TestContext.Current.CancellationToken);

    /// <summary>Fetches what must arrive, and gives its bytes.</summary>
    public async Task<byte[]> FetchBytesAsync(string url)
    {
        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(url));
        var bytes = await File.ReadAllBytesAsync(fetched.Path, TestContext.Current.CancellationToken);
        Assert.Equal(fetched.LengthBytes, bytes.Length);
        return bytes;
    }

    /// <summary>Fetches what must be refused, checks that nothing was left behind, and gives the violation.</summary>
    public async Task<Violation> FetchRefusedAsync(string url, string type = "file_download_error", double downloadSeconds = 20)
    {
        var refused = Assert.IsType<FetchOutcome.Refused>(await FetchAsync(url, downloadSeconds));
        Assert.Equal(type, refused.Violation.Type);
        Assert.Equal(["body", "start_image_url"], refused.Violation.Location);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scratch.FullPath));
        return refused.Violation;
    }

    public void Dispose()
    {
        Scratch.Dispose();
        _download.Dispose();
    }
}
