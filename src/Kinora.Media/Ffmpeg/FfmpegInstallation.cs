namespace Kinora.Media.Ffmpeg;

/// <summary>The ffmpeg and ffprobe programs that were found and checked; everything that starts a child takes one.</summary>
public sealed class FfmpegInstallation
{
    internal FfmpegInstallation(string ffmpegPath, string ffprobePath, string version)
    {
        FfmpegPath = ffmpegPath;
        FfprobePath = ffprobePath;
        Version = version;
    }

    /// <summary>Full path of ffmpeg.</summary>
    public string FfmpegPath { get; }

    /// <summary>Full path of ffprobe.</summary>
    public string FfprobePath { get; }

    /// <summary>The version as ffmpeg prints it, for example <c>5.1.9-0+deb12u1</c>.</summary>
    public string Version { get; }

    /// <summary>Whether children that decode foreign files run under memory, processor-time and file-size limits; needs <c>prlimit</c> from util-linux.</summary>
    public bool HasChildLimits => LimitedCommand.IsAvailable;

    /// <summary>Whether a child may be started before its filters are known: <c>-filter_script</c>, which opens its file late, is in ffmpeg 5 to 7.</summary>
    internal bool ReadsFiltersLate => FfmpegCheck.MajorOf(Version) is >= FfmpegCheck.OldestMajorVersion and <= 7;

    /// <summary>Finds ffmpeg and ffprobe and checks that they can do what is needed: version 5.0 or later, libx264 and AAC, JPEG, PNG and WebP.</summary>
    /// <param name="directory">Where both programs are; PATH is searched if null.</param>
    /// <param name="cancellationToken">Stops the children that are being asked.</param>
    /// <exception cref="FfmpegMissingException">Something is missing; the message lists all of it and how to get it.</exception>
    public static Task<FfmpegInstallation> FindAsync(string? directory, CancellationToken cancellationToken) =>
        FfmpegCheck.RunAsync(Locate("ffmpeg", directory), Locate("ffprobe", directory), cancellationToken);

    private static string Locate(string name, string? directory) =>
        ProgramPath.Find(directory is null ? name : Path.Combine(Path.GetFullPath(directory), name))
        ?? throw new FfmpegMissingException($"{name} was not found {(directory is null ? "on PATH" : $"in {directory}")}. {FfmpegCheck.HowToGetIt}");
}
