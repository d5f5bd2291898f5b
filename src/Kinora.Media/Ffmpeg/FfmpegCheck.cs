using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinora.Media.Ffmpeg;

/// <summary>Asks an ffmpeg what it is and what it can do.</summary>
internal static partial class FfmpegCheck
{
    public const string HowToGetIt = "Install it with `apt-get install ffmpeg` (Debian, Ubuntu), `dnf install ffmpeg` (Fedora) or from https://ffmpeg.org/download.html.";

    /// <summary>The oldest major version whose options are used here.</summary>
    public const int OldestMajorVersion = 5;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static readonly string[] s_encoders = ["libx264", "aac"];

    private static readonly string[] s_decoders = ["mjpeg", "png", "webp", "h264"];

    public static async Task<FfmpegInstallation> RunAsync(string ffmpeg, string ffprobe, CancellationToken cancellationToken)
    {
        var version = ReadVersion(await AskAsync(ffmpeg, "-version", cancellationToken), ffmpeg);
        var problems = new List<string>();
        // A build from a development branch is named by date and commit (N-…, git-…) and is newer than any release this old.
        if (MajorOf(version) is { } major && major < OldestMajorVersion)
            problems.Add($"it is version {version}, but {OldestMajorVersion}.0 or later is needed");
        var encoders = await AskAsync(ffmpeg, "-encoders", cancellationToken);
        problems.AddRange(s_encoders.Where(name => !Lists(encoders, name)).Select(name => $"it has no {name} encoder"));
        var decoders = await AskAsync(ffmpeg, "-decoders", cancellationToken);
        problems.AddRange(s_decoders.Where(name => !Lists(decoders, name)).Select(name => $"it has no {name} decoder"));
        await AskAsync(ffprobe, "-version", cancellationToken);
        return problems.Count == 0
            ? new FfmpegInstallation(ffmpeg, ffprobe, version)
            : throw new FfmpegMissingException($"{ffmpeg} cannot be used: {string.Join("; ", problems)}. {HowToGetIt}");
    }

    internal static int? MajorOf(string version) =>
        LeadingNumber().Match(version) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    internal static bool Lists(string table, string name) =>
        table.Split('\n').Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var second, ..] && second == name);

    private static string ReadVersion(string text, string program) =>
        VersionLine().Match(text) is { Success: true } match
            ? match.Groups[1].Value
            : throw new FfmpegMissingException($"{program} does not say its version; is it ffmpeg? {HowToGetIt}");

    private static async Task<string> AskAsync(string program, string question, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ChildOutput.ReadTextAsync(program, ["-hide_banner", question], Path.GetTempPath(), ChildLimits.None, s_limit, TimeProvider.System, cancellationToken);
            return answer;
        }
        catch (ChildFailedException e)
        {
            throw new FfmpegMissingException($"{program} cannot be used: {e.Message}. {HowToGetIt}", e);
        }
    }

    [GeneratedRegex(@"^ff(?:mpeg|probe) version (\S+)", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^n?(\d+)\.")]
    private static partial Regex LeadingNumber();
}
