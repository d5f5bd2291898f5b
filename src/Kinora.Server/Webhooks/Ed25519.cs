using System.Reflection;
using System.Runtime.InteropServices;

namespace Kinora.Server.Webhooks;

/// <summary>
/// Ed25519 signatures (RFC 8032) by OpenSSL 3's libcrypto, which .NET on Linux already needs for TLS: the base class library has none.
/// <see href="https://docs.openssl.org/3.0/man7/EVP_SIGNATURE-ED25519/"/>
/// </summary>
internal static class Ed25519
{
    public const int SeedBytes = 32;
    public const int PublicKeyBytes = 32;
    public const int SignatureBytes = 64;

    private const string Library = "libcrypto";
    private const int KeyType = 1087; // EVP_PKEY_ED25519

    private static readonly string[] s_fileNames = OperatingSystem.IsMacOS()
        ? ["/opt/homebrew/opt/openssl@3/lib/libcrypto.dylib", "libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so"];

    static Ed25519() => NativeLibrary.SetDllImportResolver(typeof(Ed25519).Assembly, Resolve);

    /// <summary>Gives the public key of a private one.</summary>
    /// <param name="seed">The private key, 32 bytes.</param>
    public static byte[] PublicKeyOf(byte[] seed)
    {
        var key = CreateKey(seed);
        try
        {
            var publicKey = new byte[PublicKeyBytes];
            nuint length = PublicKeyBytes;
            Require(EVP_PKEY_get_raw_public_key(key, publicKey, ref length));
            return publicKey;
        }
        finally
        {
            EVP_PKEY_free(key);
        }
    }

    /// <summary>Signs.</summary>
    /// <param name="seed">The private key, 32 bytes.</param>
    /// <param name="message">Any bytes.</param>
    /// <returns>64 bytes.</returns>
    public static byte[] Sign(byte[] seed, byte[] message)
    {
        var key = CreateKey(seed);
        var context = EVP_MD_CTX_new();
        try
        {
            var signature = new byte[SignatureBytes];
            nuint length = SignatureBytes;
            Require(EVP_DigestSignInit(context, 0, 0, 0, key));
            Require(EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length));
            return signature;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    private static nint CreateKey(byte[] seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedBytes);
        var key = EVP_PKEY_new_raw_private_key(KeyType, 0, seed, (nuint)seed.Length);
        Require(key == 0 ? 0 : 1);
        return key;
    }

    private static void Require(int result)
    {
        if (result != 1) throw new InvalidOperationException("OpenSSL's libcrypto refused an Ed25519 operation.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) return 0;
        foreach (var fileName in s_fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out var handle)) return handle;
        }

        throw new DllNotFoundException("OpenSSL 3 (libcrypto.so.3) was not found; webhooks cannot be signed without it. On Debian and Ubuntu: apt-get install libssl3");
    }

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, byte[] publicKey, ref nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSign(nint context, byte[] signature, ref nuint signatureLength, byte[] message, nuint messageLength);
}
