using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Files;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Usage;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Platform;
using Kinora.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Tests.Api;

/// <summary>
/// The API on a real port with the real catalogue, SQLite and a local blob store. No worker runs: each test claims and ends jobs itself, so that every moment
/// of a job's life stands still for as long as the test looks at it.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Standard = "fal-ai/kling-video/v3/standard/image-to-video";
    public const string Turbo = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
    public const string Application = "fal-ai/kling-video";
    public const string GoodInput = """{"image_url":"https://example.org/a.png"}""";

    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(5);

    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly bool _isOwner;

    private ApiServer(WebApplication app, string directory, bool isOwner)
    {
        (_app, _directory, _isOwner) = (app, directory, isOwner);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public List<string> LogLines { get; } = [];

    public IJobStore Jobs => _app.Services.GetRequiredService<IJobStore>();

    public IBlobStore Blobs => _app.Services.GetRequiredService<IBlobStore>();

    public IApiKeyStore Keys => _app.Services.GetRequiredService<IApiKeyStore>();

    public IBudgetStore Budgets => _app.Services.GetRequiredService<IBudgetStore>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Something below its data directory.</summary>
    public string DirectoryOf(string name) => Path.Combine(_directory, name);

    public string Authority => Client.BaseAddress!.Authority;

    /// <summary>Starts a server, with data of its own or, <paramref name="beside"/> another one, with that one's.</summary>
    public static async Task<ApiServer> StartAsync(
        Action<ApiOptions>? configure = null, Action<WebApplication>? map = null, Action<IServiceCollection>? services = null, ApiServer? beside = null)
    {
        var directory = beside?._directory ?? Directory.CreateTempSubdirectory("kinora-api-").FullName;
        var lines = new LineLogger();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(lines).SetMinimumLevel(LogLevel.Debug);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => SqliteDatabase.Open(Path.Combine(directory, "jobs.db")))
            .AddSingleton<IJobStore>(services => ActivatorUtilities.CreateInstance<SqliteJobStore>(services))
            .AddSingleton<IApiKeyStore>(services => ActivatorUtilities.CreateInstance<SqliteApiKeyStore>(services))
            .AddSingleton<ISessionStore>(services => ActivatorUtilities.CreateInstance<SqliteSessionStore>(services))
            .AddSingleton<IBudgetStore>(services => ActivatorUtilities.CreateInstance<SqliteBudgetStore>(services))
            .AddSingleton<IQueueLimitStore>(services => ActivatorUtilities.CreateInstance<SqliteQueueLimitStore>(services))
            .AddSingleton<IUpkeepStore>(services => ActivatorUtilities.CreateInstance<SqliteUpkeepStore>(services))
            .AddSingleton<IUsageStore>(services => ActivatorUtilities.CreateInstance<SqliteUsageStore>(services))
            .AddSingleton<IBlobStore>(new LocalBlobStore(Path.Combine(directory, "blobs")))
            .AddSingleton<IFileStore>(services => ActivatorUtilities.CreateInstance<SqliteFileStore>(services))
            .AddSingleton<IUploadStore>(services => ActivatorUtilities.CreateInstance<SqliteUploadStore>(services))
            .Configure<UploadOptions>(uploads => uploads.StagingDirectory = Path.Combine(directory, beside is null ? "uploads" : "uploads-beside"))
            .AddSingleton(new EndpointCatalog(KlingEndpoints.All))
            .AddKinoraApi(configure)
            .AddKinoraDocuments()
            .AddKinoraPlatform();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapKinoraApi().MapKinoraDocuments().MapKinoraPlatform();
        map?.Invoke(app);
        await app.StartAsync();
        var server = new ApiServer(app, directory, beside is null);
        lines.Target = server.LogLines;
        return server;
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_isOwner) Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Sends a request. <paramref name="headers"/> are name and value pairs, <c>Host</c> among them.</summary>
    public Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json")), headers);

    public async Task<Answer> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = CreateRequest(method, path, content, headers);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public static HttpRequestMessage CreateRequest(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>Submits to the queue and gives the new request's id.</summary>
    public async Task<Guid> SubmitAsync(string input = GoodInput, string endpoint = Turbo, params (string Name, string Value)[] headers)
    {
        var answer = await SendAsync("POST", "/queue/" + endpoint, input, headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Guid.Parse(answer.Json["request_id"]!.GetValue<string>());
    }

    /// <summary>Starts the next job, as a worker would.</summary>
    public async Task<Job> ClaimAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (DateTime.UtcNow < deadline)
        {
            if (await Jobs.TryClaimAsync(new ClaimTerms("test", s_lease), CancellationToken.None) is { } job) return job;
            await Jobs.WaitForQueuedAsync(null, TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }

        throw new TimeoutException("No job came.");
    }

    public async Task LogAsync(Job job, params string[] lines) => await Jobs.HeartbeatAsync(
        new JobHeartbeat { Id = job.Id, Attempt = job.Attempt, Lease = s_lease, Log = [.. lines.Select(line => (Moment, JobLogLevel.Info, line))] }, CancellationToken.None);

    public static DateTimeOffset Moment { get; } = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public const string StoredOutput = """{"video":{"blob":"b/0123/out.mp4","content_type":"video/mp4","file_name":"out.mp4","file_size":123},"seed":42}""";

    public Task CompleteAsync(Job job, string output = StoredOutput, decimal units = 5, decimal unitPrice = 0) =>
        Jobs.CompleteAsync(job.Id, job.Attempt, output, new JobCharge(units, unitPrice), [], CancellationToken.None);

    public Task FailAsync(Job job, JobFailure failure) => Jobs.FailAsync(job.Id, job.Attempt, failure, CancellationToken.None);

    /// <summary>Makes a key and gives the value of <c>Authorization</c> that opens the server with it.</summary>
    public async Task<(string KeyId, string Header)> CreateKeyAsync(DateTimeOffset? expiresAt = null, ApiKeyScope scope = ApiKeyScope.Api)
    {
        var (record, secret) = ApiKeySecret.Create("test", scope, TimeProvider.System.GetUtcNow(), expiresAt);
        await Keys.CreateAsync(record, CancellationToken.None);
        return (record.KeyId, $"Key {record.KeyId}:{secret}");
    }

    private sealed class LineLogger : ILoggerProvider, ILogger
    {
        public List<string>? Target { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Target is not { } target) return;
            lock (target) target.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
