namespace Kinora.Server.Tls;

/// <summary>What a data directory's certificates are.</summary>
/// <param name="AuthorityPath">The file that clients must trust.</param>
/// <param name="CertificatePath">The server's own certificate.</param>
/// <param name="Names">Every host name and address that it speaks for.</param>
/// <param name="ValidUntil">When it ends; the server renews it 30 days before.</param>
public sealed record LocalCertificateSummary(string AuthorityPath, string CertificatePath, IReadOnlyList<string> Names, DateTimeOffset ValidUntil);
