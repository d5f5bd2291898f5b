using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Server.Tls;

namespace Kinora.Server.Tests;

/// <summary>A whole server on a free port with a data directory of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly ScratchDirectory _data = ScratchDirectory.Create();
    private KinoraServer? _server;

    /// <summary>Where it listens on loopback.</summary>
    public int Port => new Uri(Address).Port;

    /// <summary>Where it listens on loopback with TLS.</summary>
    public int HttpsPort => new Uri(_server!.HttpsAddress!).Port;

    /// <summary>The authority of <c>kinora certs</c>, for <c>SSL_CERT_FILE</c>.</summary>
    public string AuthorityPath => new LocalCertificates(_data.FullPath, TimeProvider.System).AuthorityPath;

    /// <summary>The data directory.</summary>
    public string DataDirectory => _data.FullPath;

    /// <summary>Base address without a trailing slash.</summary>
    public string Address => _server!.Address;

    /// <summary>A picture as an input field takes it.</summary>
    public JsonNode Picture { get; } = "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(SamplePhotos.PathOf("astronaut.jpg")));

    public async ValueTask InitializeAsync()
    {
        new LocalCertificates(_data.FullPath, TimeProvider.System).Ensure([]);
        _server = await KinoraServer.StartAsync(
            new KinoraServerOptions { Url = "http://127.0.0.1:0", DataDirectory = _data.FullPath, GraceSeconds = 0 }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _data.Dispose();
    }
}
