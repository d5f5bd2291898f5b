using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinora.Server.Tls;

/// <summary>The certificate that the server shows: its owner's own, or a local one that is renewed while the server runs.</summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromHours(12);

    private readonly Func<SslStreamCertificateContext> _load;
    private readonly TimeProvider _time;
    private readonly Lock _renewal = new();
    private volatile Loaded _current;

    private ServerCertificate(Func<SslStreamCertificateContext> load, TimeProvider time)
    {
        (_load, _time) = (load, time);
        _current = new Loaded(load(), time.GetUtcNow());
    }

    /// <summary>Loads a certificate: the one that the options name, else the data directory's local one, which is made if missing.</summary>
    /// <exception cref="ServerStartException">It cannot be read or made.</exception>
    public static ServerCertificate Load(KinoraServerOptions options, LocalCertificates local, TimeProvider time)
    {
        if (options.CertificatePath is { } certificate) return new ServerCertificate(() => ReadOwn(certificate, options.CertificateKeyPath ?? certificate), time);

        string[] names = [.. new[] { HostOf(options.Url), HostOf(options.HttpsUrl), Environment.MachineName }.OfType<string>().Where(IsName)];
        return new ServerCertificate(() => SslStreamCertificateContext.Create(local.EnsureLeaf(names), additionalCertificates: null, offline: true), time);
    }

    /// <summary>The certificate for the next handshake. Twice a day it is read again, so that what was renewed is shown without a restart.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (_time.GetUtcNow() - _current.At >= s_lookAgain) Reload();
            return _current.Context;
        }
    }

    private void Reload()
    {
        lock (_renewal)
        {
            if (_time.GetUtcNow() - _current.At < s_lookAgain) return;
            try
            {
                _current = new Loaded(_load(), _time.GetUtcNow());
            }
            catch (ServerStartException)
            {
                // The one at hand still serves; the next look may find better.
                _current = _current with { At = _time.GetUtcNow() };
            }
        }
    }

    private static SslStreamCertificateContext ReadOwn(string certificatePath, string keyPath)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificatePath);
            return SslStreamCertificateContext.Create(PemFiles.Read(certificatePath, keyPath), chain, offline: true);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"The certificate {certificatePath} with the key {keyPath} cannot be used: {problem.Message}", problem);
        }
    }

    private static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : null;

    private static bool IsName(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address)
        ? !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        : Uri.CheckHostName(host) == UriHostNameType.Dns;

    private sealed record Loaded(SslStreamCertificateContext Context, DateTimeOffset At);
}
