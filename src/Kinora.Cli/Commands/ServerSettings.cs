using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kinora.Server;
using Microsoft.Extensions.Configuration;

namespace Kinora.Cli.Commands;

/// <summary>
/// The server's options on the command line. Read once: defaults, then <c>kinora.json</c> in the working directory (or <c>--config</c>), then <c>KINORA_…</c>, then the command line.
/// </summary>
internal static class ServerSettings
{
    private const string BucketSetting = $"{nameof(KinoraServerOptions.S3)}:{nameof(S3Settings.Bucket)}";
    private const string EndpointSetting = $"{nameof(KinoraServerOptions.S3)}:{nameof(S3Settings.Endpoint)}";

    private static readonly Option<FileInfo?> s_config = new("--config") { Description = "A JSON file with settings. Default: kinora.json, if there is one." };

    private static readonly (Option Option, string Setting) s_models =
        (new Option<string>("--models") { Description = "Where models are installed. Default: models in the data directory." }, $"{nameof(KinoraServerOptions.Ltx)}:{nameof(LtxSettings.Models)}");

    /// <summary>What makes the clips.</summary>
    private static readonly (Option Option, string Setting)[] s_engine =
    [
        (new Option<string>("--engine") { Description = "What makes the clips: motion or ltx. For a server, the engine that accepted requests need: workers that have it run them. Default motion." }, nameof(KinoraServerOptions.Engine)),
        (new Option<string>("--model") { Description = "The model of the engine ltx. Default ltxv-2b-0.9.8-distilled." }, $"{nameof(KinoraServerOptions.Ltx)}:{nameof(LtxSettings.Model)}"),
        s_models,
        (new Option<string>("--size") { Description = "About how large the engine ltx makes its frames, before they are scaled to the endpoint's size. Default 512x288." }, $"{nameof(KinoraServerOptions.Ltx)}:{nameof(LtxSettings.Size)}"),
        (new Option<int>("--steps") { Description = "Steps of the engine ltx. Default: the model's own number." }, $"{nameof(KinoraServerOptions.Ltx)}:{nameof(LtxSettings.Steps)}"),
    ];

    /// <summary>Option and the setting that it writes.</summary>
    private static readonly (Option Option, string Setting)[] s_all =
    [
        (new Option<string>("--url") { Description = "Where to listen. Default http://127.0.0.1:7860; port 0 takes a free one." }, nameof(KinoraServerOptions.Url)),
        (new Option<string>("--https-url") { Description = "Where to listen on https too, or off. Default: the port after that of --url once there is a certificate (kinora certs, --cert)." }, nameof(KinoraServerOptions.HttpsUrl)),
        (new Option<string>("--cert") { Description = "Your own certificate and its chain, PEM. Default: the one of kinora certs." }, nameof(KinoraServerOptions.CertificatePath)),
        (new Option<string>("--cert-key") { Description = "The key of --cert, PEM. Default: in the same file." }, nameof(KinoraServerOptions.CertificateKeyPath)),
        (DataOption.Option, nameof(KinoraServerOptions.DataDirectory)),
        (DataOption.Database, nameof(KinoraServerOptions.Database)),
        (new Option<string>("--s3-bucket") { Description = "An S3-compatible bucket that keeps the files instead of the data directory. Keys come from KINORA_S3__AccessKey and KINORA_S3__SecretKey, or from the machine." }, BucketSetting),
        (new Option<string>("--s3-endpoint") { Description = "The server of --s3-bucket, for example http://127.0.0.1:9000. Default: Amazon's." }, EndpointSetting),
        (new Option<int>("--slots") { Description = "Jobs that run at once, 0 to 64. Default 1." }, nameof(KinoraServerOptions.Slots)),
        .. s_engine,
        (new Option<bool>("--paused") { Description = "Pause the queue at the start, in every process, until `kinora queue resume`." }, nameof(KinoraServerOptions.Paused)),
        (new Option<double>("--lease") { Description = "Seconds a worker may be silent before its job is given to another. Default 60." }, nameof(KinoraServerOptions.LeaseSeconds)),
        (new Option<double>("--grace") { Description = "Seconds a stop waits for running jobs before they go back to the queue. Default 10." }, nameof(KinoraServerOptions.GraceSeconds)),
        (new Option<double>("--retention") { Description = "Days ended jobs and their files are kept. Default 30." }, nameof(KinoraServerOptions.RetentionDays)),
        (new Option<string[]>("--allow-private-host") { Description = "A host, address or CIDR range on a private network that inputs may be fetched from. May be repeated." }, nameof(KinoraServerOptions.AllowedPrivateHosts)),
        (new Option<bool>("--trust-forwarded-headers") { Description = "Believe X-Forwarded-Proto, -Host and -Prefix. Only behind a proxy that sets them." }, nameof(KinoraServerOptions.TrustForwardedHeaders)),
        (new Option<bool>("--allow-anonymous") { Description = "Listen beyond loopback without any API key." }, nameof(KinoraServerOptions.AllowAnonymous)),
        (new Option<bool>("--faults") { Description = "Let requests ask for faults with x-kinora-fault. For tests only." }, nameof(KinoraServerOptions.Faults)),
        (new Option<bool>("--instant") { Description = "Answer every request with a tiny grey clip in milliseconds. For tests only." }, nameof(KinoraServerOptions.Instant)),
        (new Option<string>("--log-format") { Description = "text or json. Default text." }, nameof(KinoraServerOptions.LogFormat)),
        (new Option<string>("--health-url") { Description = "Another address, for /healthz, /readyz and /metrics only, without keys; a worker has no other. Default: none." }, nameof(KinoraServerOptions.HealthUrl)),
        (new Option<string>("--traces-url") { Description = "An OpenTelemetry collector (OTLP over HTTP) for traces, for example http://127.0.0.1:4318." }, nameof(KinoraServerOptions.TracesUrl)),
        (new Option<bool>("--log-requests") { Description = "Log every request, one line each." }, nameof(KinoraServerOptions.LogRequests)),
    ];

    public static void AddTo(Command command)
    {
        command.Add(s_config);
        foreach (var (option, _) in s_all)
            command.Add(option);
    }

    /// <summary>Only those that say what makes the clips, for verbs without a server.</summary>
    public static void AddEngineTo(Command command)
    {
        command.Add(DataOption.Option);
        foreach (var (option, _) in s_engine)
            command.Add(option);
    }

    /// <summary>Only where models are, for a command and those below it.</summary>
    public static void AddModelFolderTo(Command command)
    {
        foreach (var option in (Option[])[DataOption.Option, s_models.Option])
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    /// <summary>Adds what says where the data is, to a command and those below it.</summary>
    public static void AddPlaceTo(Command command)
    {
        foreach (var option in s_all.Where(setting => setting.Setting is nameof(KinoraServerOptions.DataDirectory) or nameof(KinoraServerOptions.Database) or BucketSetting or EndpointSetting).Select(setting => setting.Option).Append(s_config))
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    public static KinoraServerOptions Read(ParseResult arguments)
    {
        var file = arguments.GetValue(s_config);
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(file?.FullName ?? Path.GetFullPath("kinora.json"), optional: file is null)
            .AddEnvironmentVariables("KINORA_")
            .AddInMemoryCollection(s_all.SelectMany(setting => Given(arguments, setting.Option, setting.Setting)))
            .Build();
        var options = new KinoraServerOptions();
        configuration.Bind(options);
        return options;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(ParseResult arguments, Option option, string setting)
    {
        if (arguments.GetResult(option) is not OptionResult { Implicit: false } result)
            return [];
        return result.GetValueOrDefault<object>() switch
        {
            string[] many => many.Select((value, index) => KeyValuePair.Create<string, string?>($"{setting}:{index}", value)),
            var one => [KeyValuePair.Create(setting, Convert.ToString(one, CultureInfo.InvariantCulture))],
        };
    }
}
