using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Images;

/// <summary>
/// Decodes foreign still pictures (JPEG, PNG, WebP) in a child process under limits. The child also scales, so that the full-size picture never is in this process.
/// EXIF orientation is applied, metadata is dropped, 16-bit samples become 8, CMYK becomes RGB. Embedded colour profiles are ignored: pixels are taken as sRGB.
/// A damaged or cut-off file is an error, never half a picture; only WebP has no means to notice flipped bits.
/// A child decodes one picture and ends. <see cref="PrepareNext"/> starts the next one's ahead; disposing stops it.
/// </summary>
public sealed class ImageDecoder(FfmpegInstallation ffmpeg, ImageLimits? limits = null, TimeProvider? time = null) : IAsyncDisposable
{
    /// <summary>Longest a decode may take before the child is stopped.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly ImageLimits _limits = limits ?? new ImageLimits();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private ImageKind? _lastKind;
    private DecodingChild? _spare;
    private bool _isDisposed;

    /// <summary>Whether a child waits for the next picture.</summary>
    public bool HasSpare => _spare is not null;

    /// <summary>The process id of the child that waits for a picture, if one does; for tests.</summary>
    internal int? SpareId => _spare?.Id;

    /// <summary>
    /// Decodes a picture to fill <paramref name="cover"/> exactly: scaled with Lanczos until it covers, then cut to the middle. Transparent parts are laid on white.
    /// </summary>
    /// <returns>RGB, <c>[H, W, 3]</c> of <paramref name="cover"/>.</returns>
    /// <exception cref="UnsupportedMediaException">Not a JPEG, PNG or WebP, animated, or of a kind that is not decoded.</exception>
    /// <exception cref="MediaTooLargeException">Over a limit; nothing was decoded.</exception>
    /// <exception cref="DamagedMediaException">Cut off, corrupted, or another size inside than its header says.</exception>
    /// <exception cref="ChildFailedException">The decoder was killed from outside or crashed.</exception>
    /// <exception cref="ChildTimeoutException">The decoder took over a minute.</exception>
    public async Task<Image> DecodeAsync(string path, FrameSize cover, CancellationToken cancellationToken)
    {
        var header = ReadHeader(path);
        var (width, height) = Stored(header, cover.Width, cover.Height);
        var geometry = ImageGeometry.Cover(header.StoredWidth, header.StoredHeight, width, height);
        var pixels = await RunAsync(path, header, geometry, cancellationToken);
        return new Image(cover.Width, cover.Height, 3, header.HasAlpha ? AlphaPixels.OnWhite(pixels) : pixels);
    }

    /// <summary>Decodes a whole picture, made smaller if it has more than <paramref name="maxPixels"/> pixels. Errors as in <see cref="DecodeAsync"/>.</summary>
    /// <returns>RGBA with straight alpha, <c>[H, W, 4]</c>, in the picture's own aspect ratio.</returns>
    public async Task<Image> DecodeInsideAsync(string path, int maxPixels, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        var header = ReadHeader(path);
        var geometry = ImageGeometry.Inside(header.StoredWidth, header.StoredHeight, maxPixels);
        var pixels = await RunAsync(path, header, geometry, cancellationToken);
        var (width, height) = Stored(header, geometry.Result.Width, geometry.Result.Height);
        if (!header.HasAlpha)
            return new Image(width, height, 4, AlphaPixels.Opaque(pixels));
        AlphaPixels.ToStraight(pixels);
        return new Image(width, height, 4, pixels);
    }

    /// <summary>
    /// Starts a child for a next picture of the same kind as the last one, so that it need not load ffmpeg's libraries then, which takes longer than most decodes.
    /// It has the limits of every child and decodes one picture; waiting it takes about 10 MB of its own. Does nothing if one waits already, before the first
    /// picture, and with an ffmpeg that can't wait.
    /// </summary>
    public void PrepareNext()
    {
        lock (_gate)
        {
            if (_isDisposed || !ffmpeg.ReadsFiltersLate || _spare is not null || _lastKind is not { } kind)
                return;
            try
            {
                _spare = DecodingChild.StartAhead(ffmpeg, kind, _limits);
            }
            catch (FfmpegMissingException)
            {
                // The machine has no process or memory to spare now; the next decode starts its own.
            }
        }
    }

    /// <summary>Stops the child that waits for a picture and waits until it is gone; decodes that run are not touched.</summary>
    public async ValueTask DisposeAsync()
    {
        DecodingChild? last;
        lock (_gate)
        {
            _isDisposed = true;
            (last, _spare) = (_spare, null);
        }
        if (last is not null)
            await last.DisposeAsync();
    }

    private ImageHeader ReadHeader(string path)
    {
        using var file = File.OpenRead(path);
        var header = ImageHeader.Read(file);
        if (header.IsAnimated)
            throw new UnsupportedMediaException(ImageSignature.ExtensionOf(header.Format), $"The {ImageSignature.ExtensionOf(header.Format)} file is animated; expected a single picture.");
        _limits.Check(header, file.Length);
        ImageEnding.Check(file, header);
        return header;
    }

    private async Task<byte[]> RunAsync(string path, ImageHeader header, ImageGeometry geometry, CancellationToken cancellationToken)
    {
        var pixels = new byte[checked(geometry.Result.Width * geometry.Result.Height * (header.HasAlpha ? 4 : 3))];
        await using var child = await TakeSpareAsync(path, header, geometry) ?? DecodingChild.Start(ffmpeg, path, header, geometry);
        try
        {
            var count = await child.ReadAsync(pixels, s_timeout, _time, cancellationToken);
            return count == pixels.Length ? pixels : throw DecodeErrors.NoPicture(header);
        }
        catch (ChildFailedException e)
        {
            throw DecodeErrors.Explain(e, header);
        }
    }

    private async Task<DecodingChild?> TakeSpareAsync(string path, ImageHeader header, ImageGeometry geometry)
    {
        DecodingChild? taken;
        var kind = ImageKind.Of(header);
        lock (_gate)
        {
            _lastKind = kind;
            (taken, _spare) = (_spare, null);
        }
        if (taken is null || (taken.Kind == kind && taken.TryGive(path, header, geometry)))
            return taken;
        await taken.DisposeAsync();
        return null;
    }

    private static (int Width, int Height) Stored(ImageHeader header, int width, int height) =>
        header.Orientation >= 5 ? (height, width) : (width, height);
}
