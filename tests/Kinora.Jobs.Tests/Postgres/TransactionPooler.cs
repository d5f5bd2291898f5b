using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>
/// A real PgBouncer in transaction mode before a database. It ends with this process. A laptop without it skips its tests; where <c>KINORA_TEST_REQUIRE</c> names
/// <c>postgres</c> they fail.
/// </summary>
internal sealed class TransactionPooler : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    // Root may not run it, and it ends with its input.
    private const string RunUntilInputEnds = """
        if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=postgres --regid=postgres --clear-groups'; fi
        $as "$0" "$1" >/dev/null 2>&1 & read -r _; kill $!; wait
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-pooler-").FullName;
    private Process? _process;

    /// <summary>The URL of the same database through it.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts one, or skips the test.</summary>
    public static async Task<TransactionPooler> StartAsync(Uri database)
    {
        if (!File.Exists(Program))
            RequiredTool.SkipOrFail("postgres", "PgBouncer");
        var pooler = new TransactionPooler();
        int port = FindFreePort();
        pooler.Url = string.Create(CultureInfo.InvariantCulture, $"postgres://kinora@127.0.0.1:{port}{database.AbsolutePath}");
        string settings = Path.Combine(pooler._folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host=127.0.0.1 port={database.Port} user=kinora
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits,search_path
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(pooler._folder, (UnixFileMode)0b111_101_101);
        pooler._process = Process.Start(new ProcessStartInfo("sh", ["-c", RunUntilInputEnds, Program, settings]) { RedirectStandardInput = true });
        await WaitUntilItListensAsync(port);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task WaitUntilItListensAsync(int port)
    {
        for (int tries = 0; ; tries++)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FindFreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
