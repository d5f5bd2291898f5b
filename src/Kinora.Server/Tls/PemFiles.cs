using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinora.Server.Tls;

/// <summary>Certificates and keys as PEM files (RFC 7468). Keys can be read by this user only, from the moment that they exist.</summary>
internal static class PemFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a directory that only this user can enter.</summary>
    public static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a certificate and its key. The key comes first: a certificate that can be seen has its key.</summary>
    public static void Write(X509Certificate2 certificate, ECDsa key, string certificatePath, string keyPath)
    {
        Write(keyPath, key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        Write(certificatePath, certificate.ExportCertificatePem(), isSecret: false);
    }

    /// <summary>Reads a certificate with its key.</summary>
    /// <exception cref="CryptographicException">A file is damaged, or the two do not belong together.</exception>
    public static X509Certificate2 Read(string certificatePath, string keyPath)
    {
        using var ephemeral = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);

        // SChannel signs only with keys that went through a key store.
        return OperatingSystem.IsWindows()
            ? X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pfx), null)
            : new X509Certificate2(ephemeral);
    }

    // Under another name first: a file under its own name is always whole.
    private static void Write(string path, string text, bool isSecret)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(temporary, options)) writer.WriteLine(text);
        File.Move(temporary, path, overwrite: true);
    }
}
