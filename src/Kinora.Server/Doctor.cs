using Kinora.Jobs;
using Kinora.Jobs.Sqlite;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;

namespace Kinora.Server;

/// <summary>Looks at what the server needs of a machine.</summary>
public static class Doctor
{
    private const long NeededFreeBytes = 1L << 30;

    /// <summary>Examines programs, libraries, the data directory and free space, in this order.</summary>
    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(string dataDirectory, CancellationToken cancellationToken) =>
    [
        .. await ExamineFfmpegAsync(cancellationToken),
        ExamineSpeech(),
        await ExamineAsync("database", () => OpenDatabaseAsync(dataDirectory)),
        await ExamineAsync("free space", () => Task.FromResult(MeasureSpace(dataDirectory))),
    ];

    private static async Task<IReadOnlyList<DoctorFinding>> ExamineFfmpegAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ffmpeg = await FfmpegInstallation.FindAsync(directory: null, cancellationToken);
            return [new DoctorFinding("ffmpeg", true, $"{ffmpeg.Version} at {ffmpeg.FfmpegPath}"), ExamineLimits(ffmpeg)];
        }
        catch (FfmpegMissingException problem)
        {
            return [new DoctorFinding("ffmpeg", false, problem.Message)];
        }
    }

    private static DoctorFinding ExamineLimits(FfmpegInstallation ffmpeg) => ffmpeg.HasChildLimits
        ? new DoctorFinding("limits on decoding", true, "prlimit is there")
        : new DoctorFinding("limits on decoding", false, "prlimit was not found, so foreign files would be decoded without limits on memory. Install it: apt-get install util-linux");

    private static DoctorFinding ExamineSpeech() => EspeakSpeaker.TryFind() is not null
        ? new DoctorFinding("speech", true, "espeak-ng is there")
        : new DoctorFinding("speech", false, "espeak-ng was not found, so lines that a prompt quotes are not spoken. Install it: apt-get install espeak-ng", IsOptional: true);

    private static async Task<DoctorFinding> ExamineAsync(string what, Func<Task<string>> look)
    {
        try
        {
            return new DoctorFinding(what, true, await look());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException or JobStoreException)
        {
            return new DoctorFinding(what, false, problem.Message);
        }
    }

    private static async Task<string> OpenDatabaseAsync(string dataDirectory)
    {
        var path = new JobsOptions { DataDirectory = dataDirectory }.DatabasePath;
        await using var database = SqliteDatabase.Open(path);
        return $"{path} opens";
    }

    private static string MeasureSpace(string dataDirectory)
    {
        var free = new DriveInfo(Path.GetFullPath(dataDirectory)).AvailableFreeSpace;
        return free >= NeededFreeBytes
            ? $"{free / 1e9:0.0} GB at {dataDirectory}"
            : throw new InvalidOperationException($"only {free / 1e6:0} MB are free at {dataDirectory}; a clip takes a few MB, keep at least 1 GB.");
    }
}
