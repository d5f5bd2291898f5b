using System.Text.Json.Nodes;
using Kinora.Chaos;
using Kinora.Jobs;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>Fronts and workers as real processes, on a database and a data directory of the test's own.</summary>
internal sealed class TestInstallation : IAsyncDisposable
{
    public const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    private readonly TemporaryDirectory _data = new();
    private readonly List<IAsyncDisposable> _processes = [];

    private TestInstallation(string? database) => Database = database;

    /// <summary>The databases that every promise is tested on.</summary>
    public static TheoryData<TestStore> Stores => [TestStore.Sqlite, TestStore.Postgres];

    /// <summary>Where its data is.</summary>
    public string DataPath => _data.Path;

    /// <summary><c>postgres://…</c>; null: the SQLite file in <see cref="DataPath"/>.</summary>
    public string? Database { get; }

    /// <summary>Whether clips are tiny, grey and made in milliseconds; else the motion engine makes them. Default true.</summary>
    public bool IsInstant { get; init; } = true;

    /// <summary>Where the files are; null: in <see cref="DataPath"/>.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>The options that say where its data is, for any verb.</summary>
    public string[] Place => ["--data", DataPath, .. Database is null ? [] : (string[])["--database", Database]];

    /// <summary>An input for its engine.</summary>
    public JsonObject Input => new()
    {
        ["prompt"] = "A slow push in.",
        ["image_url"] = IsInstant ? "https://pictures.example/a.png" : SamplePhotos.DataUri("coffee.jpg"),
        ["duration"] = "3",
    };

    /// <summary>Makes an empty one.</summary>
    /// <param name="store">Its kind of database.</param>
    /// <param name="s3">The bucket for its files.</param>
    /// <param name="isInstant">See <see cref="IsInstant"/>.</param>
    public static async Task<TestInstallation> CreateAsync(TestStore store, S3Options? s3 = null, bool isInstant = true) =>
        new(store == TestStore.Postgres ? await SharedPostgres.CreateDatabaseAsync() : null) { S3 = s3, IsInstant = isInstant };

    /// <summary>Makes one on a PostgreSQL database that the caller has.</summary>
    public static TestInstallation On(string database) => new(database);

    /// <summary>Starts a front without workers; instant clips and faults on demand are on.</summary>
    public Task<ServerProcess> StartFrontAsync(params string[] options) => StartServerAsync(["--slots", "0", .. options]);

    /// <summary>Starts a server with one slot of its own; instant clips and faults on demand are on.</summary>
    public Task<ServerProcess> StartServerAsync(params string[] options) => StartServerAsync(options, environment: null);

    /// <inheritdoc cref="StartServerAsync(string[])"/>
    /// <param name="options">Options of <c>kinora serve</c>.</param>
    /// <param name="environment">Settings besides.</param>
    /// <param name="launcher">See <see cref="LastingProcess.Start"/>.</param>
    public async Task<ServerProcess> StartServerAsync(string[] options, IReadOnlyDictionary<string, string>? environment, params string[] launcher)
    {
        var server = await ServerProcess.StartAsync(LastingProcess.Start(ServerProcess.ArgumentsOf(DataPath, [.. WithDefaults(options)]), EnvironmentWith(environment), launcher));
        _processes.Add(server);
        return server;
    }

    /// <summary>Starts a worker.</summary>
    public Task<LastingProcess> StartWorkerAsync(params string[] options) => StartWorkerAsync(options, environment: null);

    /// <inheritdoc cref="StartWorkerAsync(string[])"/>
    /// <param name="options">Options of <c>kinora worker</c>.</param>
    /// <param name="environment">Settings besides.</param>
    public async Task<LastingProcess> StartWorkerAsync(string[] options, IReadOnlyDictionary<string, string>? environment)
    {
        var worker = await WorkerProcess.StartAsync(["--data", DataPath, .. WithDefaults(options)], EnvironmentWith(environment));
        _processes.Add(worker);
        return worker;
    }

    /// <summary>Submits to the queue.</summary>
    /// <returns>The request's id.</returns>
    public async Task<string> SubmitAsync(ServerProcess front, string? faults = null) =>
        (await front.SubmitAsync(Endpoint, Input, faults))["request_id"]!.GetValue<string>();

    /// <summary>A request as the database has it.</summary>
    public async Task<Job> FindJobAsync(string id)
    {
        await using var services = new ServiceCollection().AddKinoraStores(Options).BuildServiceProvider();
        return (await services.GetRequiredService<IJobStore>().FindAsync(Guid.Parse(id), CancellationToken.None))!;
    }

    /// <summary>Executes a statement on its PostgreSQL database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        var url = new Uri(Database!);
        await using var connection = new NpgsqlConnection($"Host={url.Host};Port={url.Port};Username={url.UserInfo};Database={url.AbsolutePath[1..]};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What is true of the database and the files, once all has come to rest; files that belong to nobody are collected first, whatever their age.</summary>
    /// <param name="accepted">Every request that was acknowledged.</param>
    public Task<Verdict> ReadVerdictAsync(params IEnumerable<string> accepted) => Verdict.ReadAsync(
        Options, [.. accepted.Select(id => (id, Guid.Parse(id), false))]);

    /// <summary>Runs <c>kinora admin</c> on it.</summary>
    public Task<KinoraProcess> AdminAsync(params string[] arguments) => KinoraProcess.RunAsync(["admin", .. arguments, .. Place]);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _data.Dispose();
    }

    private JobsOptions Options => new() { DataDirectory = DataPath, Database = Database, S3 = S3 };

    private string[] WithDefaults(string[] options) =>
        ["--faults", .. IsInstant ? (string[])["--instant"] : [], .. options.Contains("--lease") ? [] : (string[])["--lease", "2"], .. options];

    private Dictionary<string, string> EnvironmentWith(IReadOnlyDictionary<string, string>? more)
    {
        var environment = new Dictionary<string, string>(more ?? new Dictionary<string, string>());
        if (Database is not null)
            environment["KINORA_DATABASE"] = Database;
        if (S3 is { } s3)
        {
            (environment["KINORA_S3__Bucket"], environment["KINORA_S3__Endpoint"]) = (s3.Bucket, s3.Endpoint!.ToString());
            (environment["KINORA_S3__AccessKey"], environment["KINORA_S3__SecretKey"], environment["KINORA_S3__Region"]) = (s3.AccessKey!, s3.SecretKey!, s3.Region);
        }

        return environment;
    }
}
