using System.ComponentModel.DataAnnotations;

namespace Kinora.Server;

/// <summary>
/// Everything that can be configured. Read once at the start: defaults, then <c>kinora.json</c>, then environment variables <c>KINORA_…</c>, then command-line options.
/// <c>docs/configuration.md</c> lists them for people.
/// </summary>
public sealed class KinoraServerOptions
{
    /// <summary>Where the server listens. Default <c>http://127.0.0.1:7860</c>; port 0 takes a free one. Anything but loopback needs an API key first.</summary>
    [Required]
    public string Url { get; set; } = "http://127.0.0.1:7860";

    /// <summary>
    /// Where the server listens on https besides <see cref="Url"/>, for example <c>https://127.0.0.1:8443</c>; <c>off</c> for nowhere. Default: the port after that of
    /// <see cref="Url"/> once there is a certificate (<c>kinora certs</c>, or <see cref="CertificatePath"/>), else nowhere.
    /// </summary>
    public string? HttpsUrl { get; set; }

    /// <summary>A PEM file with this server's own certificate and the chain behind it. Default: a local one, made by <c>kinora certs</c> or when https is asked for.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>A PEM file with the key of <see cref="CertificatePath"/>. Default: that file itself.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>Where jobs, keys and files are kept. Default: <c>kinora</c> in the user's data directory (<c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>).</summary>
    [Required]
    public string DataDirectory { get; set; } = DefaultDataDirectory;

    /// <summary>
    /// A PostgreSQL database for everything but the files, <c>postgres://user:password@host:port/database</c>, that any number of fronts and workers share. Default: a
    /// SQLite file in <see cref="DataDirectory"/>, for one machine.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>The engine that accepted requests need: only workers that have it run them. Default <c>motion</c>.</summary>
    [Required]
    public string Engine { get; set; } = "motion";

    /// <summary>The engine of single endpoints, by endpoint id, where it is not <see cref="Engine"/>. Default: none.</summary>
    public IDictionary<string, string> EndpointEngines { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The neural engine: model, size, steps, memory.</summary>
    public LtxSettings Ltx { get; } = new();

    /// <summary>The engines whose jobs this process runs. Default: all that it has.</summary>
    public IList<string> Engines { get; } = [];

    /// <summary>Whether the queue is paused at the start, in every process, until someone resumes it. Default false.</summary>
    public bool Paused { get; set; }

    /// <summary>The S3-compatible bucket that keeps the files instead of <see cref="DataDirectory"/>, once it has a name.</summary>
    public S3Settings S3 { get; } = new();

    /// <summary>How many jobs run at once in this process, 0 to 64. Default 1: one clip already uses two cores. 0 accepts jobs and runs none.</summary>
    [Range(0, 64)]
    public int Slots { get; set; } = 1;

    /// <summary>How often a job is started before it fails, 1 to 100. Default 3.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a worker may be silent before its job is given to another, in seconds, 1 to 3600. Default 60. It reports four times as often.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>How long a stop waits for running jobs before they go back to the queue, in seconds, 0 to 3600. Default 10.</summary>
    [Range(0, 3600)]
    public double GraceSeconds { get; set; } = 10;

    /// <summary>How long one attempt may run, in seconds, 1 to 86,400. Default 3600.</summary>
    [Range(1, 86_400)]
    public double RunTimeoutSeconds { get; set; } = 3600;

    /// <summary>How long ended jobs and their files are kept, in days, above 0. Default 30.</summary>
    [Range(0.0001, 36_500)]
    public double RetentionDays { get; set; } = 30;

    /// <summary>Largest upload in megabytes (10⁶ bytes), above 0. Default 1,000.</summary>
    [Range(0.001, 1_000_000)]
    public double MaxUploadMegabytes { get; set; } = 1_000;

    /// <summary>Most megabytes (10⁶ bytes) of all uploads together, above 0. Default 20,000.</summary>
    [Range(0.001, 1_000_000_000)]
    public double MaxUploadsTotalMegabytes { get; set; } = 20_000;

    /// <summary>
    /// Hosts, addresses or CIDR ranges on private networks that inputs may be fetched from, for example <c>nas.local</c> or <c>10.0.0.0/8</c>. Default: none;
    /// inputs are fetched from public addresses only.
    /// </summary>
    public IList<string> AllowedPrivateHosts { get; } = [];

    /// <summary>Whether inputs are fetched from https URLs only. Default false.</summary>
    public bool FetchHttpsOnly { get; set; }

    /// <summary>Ports that inputs may be fetched from, 1 to 65535. Default: none listed, which means every port.</summary>
    public IList<int> FetchPorts { get; } = [];

    /// <summary>Web origins whose pages may call the API besides those on this machine, for example <c>https://app.example.org</c>; <c>*</c> allows all. Default: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Host names by which a server without keys may be called besides <c>localhost</c> and the hosted service's names. Default: none.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>The CIDR ranges that this server's webhooks come from as receivers see them, for <c>GET /v1/meta</c>. Default: none; a server cannot know them behind a router.</summary>
    public IList<string> WebhookIpRanges { get; } = [];

    /// <summary>Whether <c>X-Forwarded-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are believed. Only behind a proxy that sets them. Default false.</summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>Whether the server may listen beyond loopback without any API key. Default false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether every request is logged, one line each, without query strings. Default false: clients poll ten times a second.</summary>
    public bool LogRequests { get; set; }

    /// <summary>How the log is written: <c>text</c> for people, <c>json</c> for machines, one object a line with request and job ids. Default <c>text</c>.</summary>
    public string LogFormat { get; set; } = "text";

    /// <summary>An OpenTelemetry collector that gets traces over OTLP (HTTP), for example <c>http://127.0.0.1:4318</c>. Default: none.</summary>
    public string? TracesUrl { get; set; }

    /// <summary>
    /// Another address that answers <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> and nothing else, to everyone who reaches it, for example <c>http://0.0.0.0:9464</c>:
    /// the only one that a worker has. Default: none.
    /// </summary>
    public string? HealthUrl { get; set; }

    /// <summary>Whether requests may ask for faults with <c>x-kinora-fault</c>. For tests only. Default false.</summary>
    public bool Faults { get; set; }

    /// <summary>Whether every request gets a tiny grey clip in milliseconds, without its pictures being fetched. For tests only. Default false.</summary>
    public bool Instant { get; set; }

    /// <summary>How many requests a key may have queued, at least 1; further ones are answered 429. Default: no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxQueuedPerKey { get; set; }

    /// <summary>How many synchronous requests a key may have running, at least 1; further ones are answered 429. Default: no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxRunsPerKey { get; set; }

    private static string DefaultDataDirectory =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "kinora");
}
