using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder and on a free port of the loopback. It ends with this process, however that ends.
/// A laptop without PostgreSQL skips; where <c>KINORA_TEST_REQUIRE</c> names <c>postgres</c>, the tests fail.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Template = "kinora_template";

    // The shell waits for its input to end, which it does when this process is gone, and then takes the server with it. Root may not run one.
    private const string RunUntilInputEnds = """
        as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
        bin=$1 data=$2 port=$3 address=$4
        [ -e "$data/PG_VERSION" ] || {
          if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
          cd /
          as_postgres "$bin/initdb" -D "$data" -U kinora -A trust -E UTF8 --locale=C --no-sync >"$data.log" 2>&1 || { cat "$data.log" >&2; exit 1; }
          [ "$address" = 127.0.0.1 ] || echo "host all all all trust" >> "$data/pg_hba.conf"
        }
        cd /
        exec >>"$data.log" 2>&1
        (as=exec; [ "$(id -u)" != 0 ] || as='exec setpriv --reuid=postgres --regid=postgres --clear-groups'
        $as "$bin/postgres" -D "$data" -p "$port" -c listen_addresses="$address" -c unix_socket_directories= -c fsync=off -c max_connections=300 \
          -c shared_buffers=64MB -c max_wal_size=256MB -c log_min_messages=panic) &
        server=$!
        read -r signal || signal=
        kill "-${signal:-QUIT}" "$server"
        wait "$server"
        [ -n "$signal" ] || rm -rf "$data" "$data.log"
        """;

    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresCluster? _shared;

    private readonly string _folder;
    private readonly string _address;
    private Process _process;
    private int _databases;

    private PostgresCluster(string folder, string address, int port)
    {
        (_folder, _address, Port) = (folder, address, port);
        _process = Run();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The folder of its data.</summary>
    public string Folder => _folder;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    /// <summary>The one server that all tests of this process share, or a skipped test.</summary>
    public static async Task<PostgresCluster> SharedAsync()
    {
        await Starting.WaitAsync();
        try
        {
            return _shared ??= await StartAsync();
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>Starts a server that the caller may stop and start, or skips the test.</summary>
    public static async Task<PostgresCluster> StartAsync(string address = "127.0.0.1")
    {
        if (Programs is null)
        {
            string required = Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "";
            Assert.False(required.Split(',').Contains("postgres"), "PostgreSQL must be installed here: KINORA_TEST_REQUIRE names it.");
            Assert.Skip("PostgreSQL is not installed.");
        }

        var cluster = new PostgresCluster(Directory.CreateTempSubdirectory("kinora-postgres-").FullName, address, FindFreePort());
        await cluster.WaitUntilReadyAsync();
        return cluster;
    }

    /// <summary>The URL of a database.</summary>
    public string Url(string database) => $"postgres://kinora@{_address}:{Port}/{database}";

    /// <summary>Makes an empty database, with the tables of the newest migration where <paramref name="isMigrated"/>, and answers with its URL.</summary>
    public async Task<string> CreateDatabaseAsync(bool isMigrated = true)
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await Starting.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            if (isMigrated)
                await EnsureTemplateAsync(connection);
            await ExecuteAsync(connection, $"CREATE DATABASE {name}{(isMigrated ? $" TEMPLATE {Template} STRATEGY file_copy" : "")}");
        }
        finally
        {
            Starting.Release();
        }

        return Url(name);
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
        ArgumentList = { "-c", RunUntilInputEnds, "sh", Programs!, _folder, Port.ToString(System.Globalization.CultureInfo.InvariantCulture), _address },
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

    private async Task EnsureTemplateAsync(NpgsqlConnection connection)
    {
        await using var exists = new NpgsqlCommand($"SELECT count(*) FROM pg_database WHERE datname = '{Template}'", connection);
        if ((long)(await exists.ExecuteScalarAsync())! > 0)
            return;
        await ExecuteAsync(connection, $"CREATE DATABASE {Template}");
        await Kinora.Jobs.Postgres.PostgresDatabase.Open(Url(Template)).DisposeAsync();
    }

    private string ConnectionString(string database) => $"Host={_address};Port={Port};Username=kinora;Database={database};Pooling=false;Timeout=5";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static int FindFreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
