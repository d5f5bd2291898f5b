using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinora.Server.Tls;

/// <summary>
/// The certificates of a data directory, in <c>certs/</c>: a local authority, made once, which people tell their clients to trust, and a server certificate that
/// it signs. The authority's key never leaves the directory.
/// </summary>
public sealed class LocalCertificates
{
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(30);

    private readonly string _directory;
    private readonly TimeProvider _time;

    /// <param name="dataDirectory">The server's data directory.</param>
    /// <param name="time">The clock that says when a certificate is due.</param>
    public LocalCertificates(string dataDirectory, TimeProvider time)
    {
        _directory = Path.Combine(Path.GetFullPath(dataDirectory), "certs");
        _time = time;
    }

    /// <summary>The authority's certificate, for <c>SSL_CERT_FILE</c> and the like.</summary>
    public string AuthorityPath => Path.Combine(_directory, "ca.pem");

    /// <summary>The server's certificate.</summary>
    public string CertificatePath => Path.Combine(_directory, "server.pem");

    /// <summary>Whether an authority was made here.</summary>
    public bool Exist => File.Exists(AuthorityPath);

    private string AuthorityKeyPath => Path.Combine(_directory, "ca.key");

    private string KeyPath => Path.Combine(_directory, "server.key");

    /// <summary>
    /// Makes what is missing, and a new server certificate where the present one ends within 30 days or lacks a name. The authority stays as it is.
    /// </summary>
    /// <param name="names">Host names and addresses of this server beyond this machine's own and the hosted service's, which are always in.</param>
    /// <exception cref="ServerStartException">The directory cannot be used, a file in it is damaged, or the authority has expired.</exception>
    public LocalCertificateSummary Ensure(IEnumerable<string> names)
    {
        using var certificate = EnsureLeaf(names);
        return new LocalCertificateSummary(AuthorityPath, CertificatePath, [.. CertificateIssuing.NamesOf(certificate)], certificate.NotAfter);
    }

    /// <inheritdoc cref="Ensure"/>
    /// <returns>The server certificate with its key.</returns>
    internal X509Certificate2 EnsureLeaf(IEnumerable<string> names)
    {
        try
        {
            PemFiles.CreatePrivateDirectory(_directory);
            using var authority = EnsureAuthority();
            return ReadLeaf(authority, names) ?? IssueLeaf(authority, names);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ServerStartException($"The certificates in {_directory} cannot be used: {problem.Message}", problem);
        }
    }

    private X509Certificate2 EnsureAuthority()
    {
        if (!Exist)
        {
            var (made, key) = CertificateIssuing.CreateAuthority(_time.GetUtcNow());
            using (made)
            using (key)
                PemFiles.Write(made, key, AuthorityPath, AuthorityKeyPath);
        }

        var authority = PemFiles.Read(AuthorityPath, AuthorityKeyPath);
        return _time.GetUtcNow() < authority.NotAfter
            ? authority
            : throw new ServerStartException($"The local authority {AuthorityPath} expired on {authority.NotAfter:yyyy-MM-dd}. Delete {_directory}, run `kinora certs`, and trust the new one.");
    }

    // Null where a new one is due.
    private X509Certificate2? ReadLeaf(X509Certificate2 authority, IEnumerable<string> names)
    {
        if (!File.Exists(CertificatePath)) return null;

        var leaf = PemFiles.Read(CertificatePath, KeyPath);
        var isFresh = _time.GetUtcNow() < leaf.NotAfter - s_renewBefore || leaf.NotAfter >= authority.NotAfter;
        var isOurs = leaf.Issuer == authority.Subject;
        if (isFresh && isOurs && HostedNames.With(names).All(CertificateIssuing.NamesOf(leaf).ToHashSet(StringComparer.OrdinalIgnoreCase).Contains)) return leaf;

        leaf.Dispose();
        return null;
    }

    private X509Certificate2 IssueLeaf(X509Certificate2 authority, IEnumerable<string> names)
    {
        // What an earlier call was told stays known, so that a renewal forgets no name.
        var all = HostedNames.With(names.Concat(KnownNames()));
        var (made, key) = CertificateIssuing.CreateLeaf(authority, all, _time.GetUtcNow());
        using (made)
        using (key)
            PemFiles.Write(made, key, CertificatePath, KeyPath);
        return PemFiles.Read(CertificatePath, KeyPath);
    }

    private string[] KnownNames()
    {
        if (!File.Exists(CertificatePath)) return [];
        using var leaf = X509CertificateLoader.LoadCertificateFromFile(CertificatePath);
        return [.. CertificateIssuing.NamesOf(leaf)];
    }
}
