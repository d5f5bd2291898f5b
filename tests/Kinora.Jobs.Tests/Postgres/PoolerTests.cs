using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kinora.Jobs.Postgres;
using Npgsql;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>Through a real PgBouncer in transaction mode.</summary>
public sealed class PoolerTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private PostgresServer _server = null!;
    private Process? _pooler;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresCluster.StartAsync();
        if (!File.Exists("/usr/sbin/pgbouncer"))
        {
            Assert.False((Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Split(',').Contains("postgres"), "PgBouncer must be installed here: KINORA_TEST_REQUIRE names postgres.");
            Assert.Skip("PgBouncer is not installed.");
        }

        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        string file = _folder.File("pgbouncer.ini");
        await File.WriteAllTextAsync(file, $"""
            [databases]
            * = host=127.0.0.1 port={_server.Port} user=kinora
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits,search_path
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        // Root may not run it, and it ends with its input.
        const string Run = """
            if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=postgres --regid=postgres --clear-groups'; fi
            $as /usr/sbin/pgbouncer "$1" >"$2" 2>&1 & read -r _; kill $!; wait
            """;
        _pooler = Process.Start(new ProcessStartInfo("sh", ["-c", Run, "sh", file, "/dev/null"]) { RedirectStandardInput = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (_pooler is not null)
        {
            _pooler.StandardInput.Close();
            await _pooler.WaitForExitAsync();
            _pooler.Dispose();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_queue_works_and_waiting_falls_back_to_polling()
    {
        string database = new Uri(await _server.CreateDatabaseAsync()).AbsolutePath;
        string url = string.Create(CultureInfo.InvariantCulture, $"postgres://kinora@127.0.0.1:{_port}{database}?pooler=transaction");
        await Poll.Until(CanConnectAsync);
        await using var one = PostgresDatabase.Open(url);
        await using var two = PostgresDatabase.Open(url);
        using var worker = new PostgresJobStore(one);
        using var front = new PostgresJobStore(two);

        var waiting = worker.WaitForQueuedAsync(null, TimeSpan.FromMinutes(1), default);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => front.SubmitAsync(NewJobs.Create() with { IdempotencyKey = $"{i}", MostQueued = 100 })));
        await waiting.WaitAsync(TimeSpan.FromSeconds(4));
        Assert.False(one.Signals.IsListening);

        foreach (var _ in ids)
        {
            var job = await worker.ClaimAsync();
            Assert.Equal(HeartbeatOutcome.Renewed, await worker.BeatAsync(job, progress: new JobProgress("rendering", 0.5), lines: "a line"));
            Assert.True(await worker.FinishAsync(job));
        }

        Assert.All(await Task.WhenAll(ids.Select(front.StatusAsync)), status => Assert.Equal(JobState.Completed, status.State));
    }

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=kinora;Database=postgres;Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
