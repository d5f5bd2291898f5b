using Kinora.Jobs;
using Kinora.Jobs.Sqlite;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;

namespace Kinora.Server;

/// <summary>Looks at what the server needs of a machine, of its database and of its bucket.</summary>
public static class Doctor
{
    private const long NeededFreeBytes = 1L << 30;

    /// <summary>Examines programs, the database, the storage of files and free space, in this order. A bucket gets a small file for a moment.</summary>
    /// <param name="options">Where the data is; the rest does not matter.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">The bucket's endpoint is no URL, or there is one and no bucket.</exception>
    public static Task<IReadOnlyList<DoctorFinding>> ExamineAsync(KinoraServerOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        ExamineAsync(new JobsOptions { DataDirectory = options.DataDirectory, Database = options.Database, S3 = options.S3.ToOptions() }, time, cancellationToken);

    internal static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(JobsOptions options, TimeProvider time, CancellationToken cancellationToken) =>
    [
        .. await ExamineFfmpegAsync(cancellationToken),
        ExamineSpeech(),
        .. options.Database is { } database
            ? await PostgresDoctor.ExamineAsync(database, time, cancellationToken)
            : [await ExamineAsync("database", () => OpenDatabaseAsync(options.DatabasePath))],
        .. options.S3 is { } bucket ? (DoctorFinding[])[await BucketDoctor.ExamineAsync(bucket, time, cancellationToken)] : [],
        await ExamineAsync("free space", () => Task.FromResult(MeasureSpace(options.DataDirectory))),
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

    private static async Task<string> OpenDatabaseAsync(string path)
    {
        await using var database = SqliteDatabase.Open(path);
        return $"{path} opens";
    }

    private static string MeasureSpace(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        var free = new DriveInfo(Path.GetFullPath(dataDirectory)).AvailableFreeSpace;
        return free >= NeededFreeBytes
            ? $"{free / 1e9:0.0} GB at {dataDirectory}"
            : throw new InvalidOperationException($"only {free / 1e6:0} MB are free at {dataDirectory}; a clip takes a few MB, keep at least 1 GB.");
    }
}
