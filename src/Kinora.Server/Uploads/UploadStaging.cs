using Kinora.Server.Tls;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>Where bodies lie while they come in, on a disk of this front's own. All names are made here.</summary>
internal sealed class UploadStaging
{
    private readonly string _incoming;

    public UploadStaging(IOptions<UploadOptions> options)
    {
        _incoming = Path.Combine(Path.GetFullPath(options.Value.StagingDirectory), "incoming");
        PemFiles.CreatePrivateDirectory(options.Value.StagingDirectory);
        PemFiles.CreatePrivateDirectory(_incoming);
    }

    /// <summary>A path that nothing has.</summary>
    public string CreateTemporaryPath() => Path.Combine(_incoming, CapabilityToken.CreateId());

    /// <summary>Deletes bodies that a crash left behind: last written at or before <paramref name="writtenBy"/>.</summary>
    public void DeleteLeftovers(DateTimeOffset writtenBy)
    {
        foreach (var path in Directory.EnumerateFiles(_incoming).Where(path => File.GetLastWriteTimeUtc(path) <= writtenBy.UtcDateTime)) File.Delete(path);
    }

    /// <summary>Creates a file for writing in large pieces.</summary>
    public static FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });
}
