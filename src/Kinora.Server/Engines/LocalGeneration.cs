using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Media.Speech;
using Kinora.Server.Endpoints;
using Kinora.Server.Engines.Ltx;
using Kinora.Server.Fetching;

namespace Kinora.Server.Engines;

/// <summary>Makes clips in this process from pictures on the disk: the server's own path without HTTP, queue and network.</summary>
public sealed class LocalGeneration : IDisposable
{
    /// <summary>Stands for a local file where an endpoint's input wants a URL. The name cannot exist on the Internet (RFC 6761, section 6.4).</summary>
    private const string LocalUrl = "https://local.invalid/";

    private readonly MotionEngine _motion = new(EspeakSpeaker.TryFind());
    private readonly LtxEngine? _ltx;
    private readonly VideoGenerator _generator;

    private LocalGeneration(FfmpegInstallation ffmpeg, LtxOptions? ltx)
    {
        _generator = new VideoGenerator(ffmpeg, new ImageDecoder(ffmpeg));
        _ltx = ltx is null ? null : new LtxEngine(ltx, _motion, ffmpeg);
    }

    /// <summary>Finds what it needs on this machine.</summary>
    /// <param name="options">Its <see cref="KinoraServerOptions.Engine"/>, <see cref="KinoraServerOptions.Ltx"/> and data directory are used; the motion engine if null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ServerStartException">ffmpeg or the model is missing, or there is no such engine; the message says how to get it.</exception>
    public static async Task<LocalGeneration> OpenAsync(KinoraServerOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            var ltx = options?.Engine switch
            {
                null or MotionEngine.EngineName => null,
                LtxEngine.EngineName => LtxOptions.From(options.Ltx, options.DataDirectory),
                var other => throw new ServerStartException($"There is no engine {other}; there are {MotionEngine.EngineName} and {LtxEngine.EngineName}."),
            };
            if (ltx is not null && EnginesRegistration.FindMissing(ltx) is { } missing)
                throw new ServerStartException(missing);
            return new LocalGeneration(await FfmpegInstallation.FindAsync(directory: null, cancellationToken), ltx);
        }
        catch (Exception problem) when (WorkComposition.IsExpected(problem))
        {
            throw new ServerStartException(problem.Message, problem);
        }
    }

    /// <summary>Frees the model, if there is one.</summary>
    public void Dispose() => _ltx?.Dispose();

    /// <summary>Makes a clip.</summary>
    /// <param name="endpoint">Whose rules and limits hold.</param>
    /// <param name="input">The endpoint's input without its pictures.</param>
    /// <param name="pictures">Field name to file.</param>
    /// <param name="outputPath">Where to write the MP4.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it within a frame and leaves nothing behind.</param>
    /// <exception cref="EngineException">The engine can't make it; the message says what to do.</exception>
    public async Task<GenerationOutcome> GenerateAsync(
        ModelEndpoint endpoint, JsonObject input, IReadOnlyDictionary<string, string> pictures, string outputPath, IEngineObserver observer, CancellationToken cancellationToken)
    {
        return Validate(endpoint, input, pictures) switch
        {
            InputValidation.Accepted accepted => await _generator.GenerateAsync((IVideoEngine?)_ltx ?? _motion, accepted.Request, From(pictures), outputPath, observer, cancellationToken),
            InputValidation.Refused refused => new GenerationOutcome.Refused(refused.Violations),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
    }

    /// <summary>Says what the motion engine would do, and makes no clip.</summary>
    /// <param name="endpoint">Whose rules and limits hold.</param>
    /// <param name="input">The endpoint's input without its pictures.</param>
    /// <param name="pictures">Field name to file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<GenerationOutcome> PlanAsync(
        ModelEndpoint endpoint, JsonObject input, IReadOnlyDictionary<string, string> pictures, CancellationToken cancellationToken)
    {
        var validation = Validate(endpoint, input, pictures);
        if (validation is InputValidation.Refused refused)
            return new GenerationOutcome.Refused(refused.Violations);
        var (brief, violations) = await _generator.PrepareAsync(((InputValidation.Accepted)validation).Request, From(pictures), cancellationToken);
        return brief is null ? new GenerationOutcome.Refused(violations) : new GenerationOutcome.Planned(_motion.Plan(brief, cancellationToken));
    }

    private static InputValidation Validate(ModelEndpoint endpoint, JsonObject input, IReadOnlyDictionary<string, string> pictures)
    {
        foreach (var field in pictures.Keys)
            input[field] = LocalUrl + field;
        return endpoint.Validate(input);
    }

    private static FetchMedia From(IReadOnlyDictionary<string, string> pictures) =>
        (reference, _, _) => Task.FromResult(Find(reference, pictures));

    private static FetchOutcome Find(MediaReference reference, IReadOnlyDictionary<string, string> pictures)
    {
        if (!reference.Url.StartsWith(LocalUrl, StringComparison.Ordinal))
            return new FetchOutcome.Refused(Refusal.Download("only local pictures are read without a server").At(reference));
        var file = new FileInfo(pictures[reference.Url[LocalUrl.Length..]]);
        return file.Length > reference.Limits.MaxBytes
            ? new FetchOutcome.Refused(Refusal.TooLarge(reference.Limits.MaxBytes).At(reference))
            : new FetchOutcome.Fetched(file.FullName, file.Length);
    }
}
