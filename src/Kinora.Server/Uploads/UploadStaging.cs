using Kinora.Server.Tls;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>Where content waits until its upload is finished: <c>incoming/</c> for bodies under way, <c>parts/{upload}/</c> for parts that have come. All names are made here.</summary>
internal sealed class UploadStaging
{
    private readonly string _incoming;
    private readonly string _parts;

    public UploadStaging(IOptions<UploadOptions> options)
    {
        _incoming = Path.Combine(Path.GetFullPath(options.Value.StagingDirectory), "incoming");
        _parts = Path.Combine(Path.GetFullPath(options.Value.StagingDirectory), "parts");
        PemFiles.CreatePrivateDirectory(options.Value.StagingDirectory);
        PemFiles.CreatePrivateDirectory(_incoming);
        PemFiles.CreatePrivateDirectory(_parts);
    }

    /// <summary>The uploads that have parts here.</summary>
    public IEnumerable<string> UploadIds => Directory.EnumerateDirectories(_parts).Select(path => Path.GetFileName(path)!);

    /// <summary>A path that nothing has.</summary>
    public string CreateTemporaryPath() => Path.Combine(_incoming, CapabilityToken.CreateId());

    /// <summary>The path of a part. Its content is in the name, so that a repeated part never takes another's place half-way.</summary>
    /// <param name="uploadId">An id from the database.</param>
    /// <param name="number">The part's number.</param>
    /// <param name="tag">The part's tag.</param>
    public string PathOfPart(string uploadId, int number, string tag) => Path.Combine(_parts, uploadId, $"{number}-{tag}");

    /// <summary>Moves a body to where its part belongs.</summary>
    public void KeepPart(ReceivedBody body, string uploadId, int number)
    {
        Directory.CreateDirectory(Path.Combine(_parts, uploadId));
        File.Move(body.Path, PathOfPart(uploadId, number, body.Tag), overwrite: true);
    }

    /// <summary>Deletes one part.</summary>
    public void DeletePart(string uploadId, int number, string tag) => File.Delete(PathOfPart(uploadId, number, tag));

    /// <summary>Deletes the parts of an upload.</summary>
    public void DeleteParts(string uploadId)
    {
        if (Directory.Exists(Path.Combine(_parts, uploadId))) Directory.Delete(Path.Combine(_parts, uploadId), recursive: true);
    }

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
