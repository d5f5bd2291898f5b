using System.CommandLine;
using Kinora.Server;
using Kinora.Server.Tls;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora certs</c>: https on this machine, with a certificate authority of its own.</summary>
internal static class CertsCommand
{
    private static readonly Option<string[]> s_names = new("--name") { Description = "A further host name or address that the server is called by. May be repeated." };
    private static readonly Option<string> s_host = new("--host") { Description = "Host and port at which clients reach https, for the lines that are printed.", DefaultValueFactory = _ => "localhost:7861" };

    public static Command Create()
    {
        var command = new Command("certs", "Make a local certificate authority (once) and a server certificate, and print the set-up for each client.") { DataOption.Option, s_names, s_host };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        try
        {
            var certificates = new LocalCertificates(arguments.GetValue(DataOption.Option) ?? new KinoraServerOptions().DataDirectory, TimeProvider.System);
            Console.Write(Describe(certificates.Ensure(arguments.GetValue(s_names) ?? []), arguments.GetRequiredValue(s_host)));
            return 0;
        }
        catch (ServerStartException problem)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }

    private static string Describe(LocalCertificateSummary made, string host) =>
        $$"""
        Authority     {{made.AuthorityPath}}
        Certificate   {{made.CertificatePath}}, until {{made.ValidUntil:yyyy-MM-dd}} (kinora serve renews it), for
                      {{string.Join(", ", made.Names)}}

        From now on `kinora serve` on this data directory also listens on https, on the port after that of --url (or on --https-url). Each client needs one line:

        Python        export FAL_RUN_HOST={{host}} FAL_QUEUE_RUN_HOST={{host}}/queue SSL_CERT_FILE={{made.AuthorityPath}} FAL_KEY=local:user
        Node          export NODE_EXTRA_CA_CERTS={{made.AuthorityPath}}   and   createFalClient({ proxyUrl: { url: "https://{{host}}/api/fal/proxy", when: "always" } })
        curl          curl --cacert {{made.AuthorityPath}} https://{{host}}/healthz

        Uploads from Python go to names that it has built in, on port 443. Let them lead here:

        hosts         echo "127.0.0.1 rest.fal.ai v3.fal.media" | sudo tee -a /etc/hosts
        port 443      kinora serve --https-url https://127.0.0.1:443   (on Linux this needs root, CAP_NET_BIND_SERVICE, or sysctl net.ipv4.ip_unprivileged_port_start=443)

        SSL_CERT_FILE replaces the roots that Python trusts: where a program also calls other servers, append them: cat /etc/ssl/certs/ca-certificates.crt >> a copy of it.
        Whoever trusts the authority trusts whoever can read {{Path.ChangeExtension(made.AuthorityPath, ".key")}}; only you can. Do not install it system-wide without need.

        """;
}
