using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;

namespace Kinora.Server.Engines;

/// <summary>Makes clips in this process from pictures on the disk: the server's own path without HTTP, queue and network.</summary>
public sealed class LocalGeneration
{
    /// <summary>Stands for a local file where an endpoint's input wants a URL. The name cannot exist on the Internet (RFC 6761, section 6.4).</summary>
    private const string LocalUrl = "https://local.invalid/";

    private readonly VideoGenerator _generator;

    private LocalGeneration(FfmpegInstallation ffmpeg) => _generator = new VideoGenerator(ffmpeg, new MotionEngine(EspeakSpeaker.TryFind()));

    /// <summary>Finds what it needs on this machine.</summary>
    /// <exception cref="ServerStartException">ffmpeg is missing or too old; the message says how to get it.</exception>
    public static async Task<LocalGeneration> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new LocalGeneration(await FfmpegInstallation.FindAsync(directory: null, cancellationToken));
        }
        catch (FfmpegMissingException problem)
        {
            throw new ServerStartException(problem.Message, problem);
        }
    }

    /// <summary>Makes a clip.</summary>
    /// <param name="endpoint">Whose rules and limits hold.</param>
    /// <param name="input">The endpoint's input without its pictures.</param>
    /// <param name="pictures">Field name to file.</param>
    /// <param name="outputPath">Where to write the MP4.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it within a frame and leaves nothing behind.</param>
    public async Task<GenerationOutcome> GenerateAsync(
        ModelEndpoint endpoint, JsonObject input, IReadOnlyDictionary<string, string> pictures, string outputPath, IEngineObserver observer, CancellationToken cancellationToken)
    {
        foreach (var field in pictures.Keys)
            input[field] = LocalUrl + field;
        return endpoint.Validate(input) switch
        {
            InputValidation.Accepted accepted => await _generator.GenerateAsync(
                accepted.Request, (reference, scratch, _) => Task.FromResult(Find(reference, pictures)), outputPath, observer, cancellationToken),
            InputValidation.Refused refused => new GenerationOutcome.Refused(refused.Violations),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
    }

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
