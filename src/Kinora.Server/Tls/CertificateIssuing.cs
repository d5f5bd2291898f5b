using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinora.Server.Tls;

/// <summary>Makes certificates (RFC 5280): ECDSA on P-256 with SHA-256, which every client of the last ten years takes.</summary>
internal static class CertificateIssuing
{
    private static readonly TimeSpan s_authorityLife = TimeSpan.FromDays(3652);

    // Apple's systems refuse server certificates that live longer than 825 days, even from authorities that a user trusts; browsers settled on 398.
    private static readonly TimeSpan s_leafLife = TimeSpan.FromDays(397);

    // Clocks differ.
    private static readonly TimeSpan s_backdated = TimeSpan.FromHours(1);

    /// <summary>Makes a self-signed authority that may sign leaves and nothing else; valid for ten years.</summary>
    public static (X509Certificate2 Certificate, ECDsa Key) CreateAuthority(DateTimeOffset now)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = CreateRequest($"Kinora local CA {RandomNumberGenerator.GetHexString(8, lowercase: true)}", key);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return (request.CreateSelfSigned(now - s_backdated, now + s_authorityLife), key);
    }

    /// <summary>Makes a server certificate for names and addresses; valid for 397 days, or as long as the authority if that is shorter.</summary>
    public static (X509Certificate2 Certificate, ECDsa Key) CreateLeaf(X509Certificate2 authority, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = CreateRequest(names[0], key);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        extensions.Add(NamesOf(names));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return (request.Create(authority, now - s_backdated, EndOf(authority, now), CreateSerialNumber()), key);
    }

    /// <summary>The names and addresses that a certificate speaks for.</summary>
    public static IEnumerable<string> NamesOf(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())));

    private static DateTimeOffset EndOf(X509Certificate2 authority, DateTimeOffset now)
    {
        DateTimeOffset authorityEnd = authority.NotAfter;
        return now + s_leafLife < authorityEnd ? now + s_leafLife : authorityEnd;
    }

    private static CertificateRequest CreateRequest(string commonName, ECDsa key) =>
        new(new X500DistinguishedName($"O=Kinora, CN={commonName}"), key, HashAlgorithmName.SHA256);

    private static X509Extension NamesOf(IEnumerable<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }

        return builder.Build();
    }

    // Positive and 127 bits long (RFC 5280, section 4.1.2.2).
    private static byte[] CreateSerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
