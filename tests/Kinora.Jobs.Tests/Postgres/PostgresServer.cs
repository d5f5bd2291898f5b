using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of one's own, in a temporary folder and on a free port. It ends with this process, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // The shell waits for its input to end, which it does when this process is gone, and then takes the server with it. Root may not run one.
    private const string RunUntilInputEnds = """
        as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
        bin=$1 data=$2 port=$3 address=$4 fsync=$5
        [ -e "$data/PG_VERSION" ] || {
          if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
          cd /
          as_postgres "$bin/initdb" -D "$data" -U kinora -A trust -E UTF8 --locale=C --no-sync >"$data.log" 2>&1 || { cat "$data.log" >&2; exit 1; }
          [ "$address" = 127.0.0.1 ] || echo "host all all all trust" >> "$data/pg_hba.conf"
        }
        cd /
        exec >>"$data.log" 2>&1
        (as=exec; [ "$(id -u)" != 0 ] || as='exec setpriv --reuid=postgres --regid=postgres --clear-groups'
        $as "$bin/postgres" -D "$data" -p "$port" -c listen_addresses="$address" -c unix_socket_directories= -c fsync="$fsync" -c max_connections=300 \
          -c shared_buffers=64MB -c max_wal_size=256MB -c log_min_messages=panic) &
        server=$!
        read -r signal || signal=
        kill "-${signal:-QUIT}" "$server"
        wait "$server"
        [ -n "$signal" ] || rm -rf "$data" "$data.log"
        """;

    private readonly string _folder;
    private readonly string _address;
    private readonly bool _isDurable;
    private Process _process;
    private int _databases;

    private PostgresServer(string folder, string address, int port, bool isDurable)
    {
        (_folder, _address, Port, _isDurable) = (folder, address, port, isDurable);
        _process = Run();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The folder of its data.</summary>
    public string Folder => _folder;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    /// <summary>Whether this machine has its programs.</summary>
    public static bool IsInstalled => Programs is not null;

    /// <summary>Starts a server with new data.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="isDurable">Whether commits wait for the disk. Tests need not survive a power cut.</param>
    public static async Task<PostgresServer> StartAsync(string address = "127.0.0.1", bool isDurable = false)
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("kinora-postgres-").FullName, address, FindFreePort(), isDurable);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>The URL of a database.</summary>
    public string Url(string database) => $"postgres://kinora@{_address}:{Port}/{database}";

    /// <summary>Makes a database, empty or like another one, and answers with its URL.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        string name = $"database_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template} STRATEGY file_copy")}");
        return Url(name);
    }

    /// <summary>Executes a statement as an administrator would.</summary>
    /// <returns>The first column of the first row.</returns>
    public async Task<object?> ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>As the operating system would on a crash of the machine: nothing is told to anybody.</summary>
    public Task StopAtOnceAsync() => StopAsync("QUIT");

    /// <summary>As an administrator would: connections are closed, everything is written.</summary>
    public Task StopCleanlyAsync() => StopAsync("INT");

    /// <summary>Starts it again, on the same data and port.</summary>
    public async Task StartAgainAsync()
    {
        _process = Run();
        await WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAtOnceAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
        File.Delete(_folder + ".log");
    }

    private async Task StopAsync(string signal)
    {
        await _process.StandardInput.WriteLineAsync(signal);
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    private Process Run() => Process.Start(new ProcessStartInfo("sh")
    {
        ArgumentList = { "-c", RunUntilInputEnds, "sh", Programs!, _folder, Port.ToString(System.Globalization.CultureInfo.InvariantCulture), _address, _isDurable ? "on" : "off" },
        RedirectStandardInput = true,
    })!;

    private async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    private string ConnectionString(string database) => $"Host={_address};Port={Port};Username=kinora;Database={database};Pooling=false;Timeout=5";

    private static int FindFreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
