using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Tls;

/// <summary>Lets the server listen on http and https. Both answer alike; nothing is ever redirected from one to the other, since clients do not follow.</summary>
internal static class TlsListening
{
    /// <summary>Sets the addresses, and loads the certificate if one of them is https.</summary>
    /// <returns>The addresses.</returns>
    public static IReadOnlyList<string> UseKinoraAddresses(this WebApplicationBuilder builder, KinoraServerOptions options)
    {
        string[] addresses = AddressesOf(options);
        builder.WebHost.UseUrls(addresses);
        if (!addresses.Any(IsHttps)) return addresses;

        var certificate = ServerCertificate.Load(options, LocalOf(options), TimeProvider.System);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => Show(https, certificate)));
        return addresses;
    }

    /// <summary>Where the server will listen, http first.</summary>
    /// <exception cref="FormatException">An address is no URL.</exception>
    public static string[] AddressesOf(KinoraServerOptions options) =>
        HttpsAddress.Choose(options, options.CertificatePath is not null || LocalOf(options).Exist) is { } https ? [options.Url, https] : [options.Url];

    /// <summary>Whether an address is one of TLS.</summary>
    public static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static LocalCertificates LocalOf(KinoraServerOptions options) => new(options.DataDirectory, TimeProvider.System);

    private static void Show(HttpsConnectionAdapterOptions https, ServerCertificate certificate)
    {
        // Kestrel insists on a certificate of its own; each handshake then gets the current one with its chain.
        https.ServerCertificate = certificate.Current.TargetCertificate;
        https.OnAuthenticate = (_, tls) =>
        {
            tls.ServerCertificate = null;
            tls.ServerCertificateContext = certificate.Current;
        };
    }
}
