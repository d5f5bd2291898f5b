using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Images;

/// <summary>
/// One child that decodes one picture, under limits, and is gone when disposed. It may be started before there is a picture: then it loads ffmpeg's libraries,
/// which takes longer than most decodes, and waits for the end of its standard input. If this process dies the input ends too, and so does the child.
/// </summary>
internal sealed class DecodingChild : IAsyncDisposable
{
    private const string Picture = "picture", Filters = "filters";

    /// <summary>See <see cref="ImageLimits.MaxPixels"/>: 100 million pixels of 16-bit RGBA, the widest, fit; measured in docs/decisions/0005.</summary>
    private static readonly ChildLimits s_limits = new() { AddressSpaceBytes = 5L << 29, ProcessorTime = TimeSpan.FromSeconds(60), FileBytes = 0 };

    private readonly ScratchDirectory _scratch;
    private readonly ChildProcess _child;

    private DecodingChild(FfmpegInstallation ffmpeg, ScratchDirectory scratch, IReadOnlyList<string> arguments, ImageKind kind)
    {
        _scratch = scratch;
        Kind = kind;
        try
        {
            _child = ChildProcess.Start(ffmpeg.FfmpegPath, arguments, scratch.FullPath, s_limits);
        }
        catch (FfmpegMissingException)
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>What it can decode.</summary>
    public ImageKind Kind { get; }

    /// <summary>The process id, for tests that kill it.</summary>
    internal int Id => _child.Id;

    /// <summary>Starts a child for a picture that is there.</summary>
    /// <exception cref="FfmpegMissingException">It cannot be started.</exception>
    public static DecodingChild Start(FfmpegInstallation ffmpeg, string path, ImageHeader header, ImageGeometry geometry) =>
        new(ffmpeg, ScratchDirectory.Create(), DecodeArguments.Create(Path.GetFullPath(path), header, geometry), ImageKind.Of(header));

    /// <summary>Starts a child that waits for its picture.</summary>
    /// <exception cref="FfmpegMissingException">It cannot be started.</exception>
    public static DecodingChild StartAhead(FfmpegInstallation ffmpeg, ImageKind kind, ImageLimits limits) =>
        new(ffmpeg, ScratchDirectory.Create(), DecodeArguments.CreateAhead(Picture, Filters, kind, limits), kind);

    /// <summary>Gives a child that was started ahead its picture. False if it can't take it: it has been killed, or its directory is gone.</summary>
    public bool TryGive(string path, ImageHeader header, ImageGeometry geometry)
    {
        if (_child.HasEnded)
            return false;
        try
        {
            File.WriteAllText(_scratch.PathOf(Filters), DecodeArguments.Filters(header, geometry));
            File.CreateSymbolicLink(_scratch.PathOf(Picture), Path.GetFullPath(path));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Decodes, once. Returns and throws as <see cref="ChildOutput"/> does.</summary>
    public Task<int> ReadAsync(Memory<byte> pixels, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken) =>
        ChildOutput.ReadAsync(_child, timeout, time, pixels, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        _scratch.Dispose();
    }
}
