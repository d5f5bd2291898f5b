namespace Kinora.Media.Ffmpeg;

/// <summary>Which demuxer may read a file, told from its content. Playlists and everything else that names other files has none.</summary>
internal static class VideoContainer
{
    /// <summary>Decoders that may be used on foreign videos.</summary>
    public const string Codecs = "h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,prores,mjpeg,aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,ac3,eac3,alac,flac,pcm_s16le,pcm_s16be,pcm_s24le,pcm_f32le";

    /// <summary>What children that read foreign videos may use.</summary>
    public static readonly ChildLimits Limits = new() { AddressSpaceBytes = 5L << 29, ProcessorTime = TimeSpan.FromSeconds(120), FileBytes = 0 };

    /// <summary>The demuxer's name.</summary>
    /// <exception cref="UnsupportedMediaException">The file is no MP4, QuickTime, Matroska or WebM.</exception>
    public static string DemuxerOf(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[12];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..length] switch
        {
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "mov",
            [_, _, _, _, (byte)'m', (byte)'o', (byte)'o', (byte)'v', ..] => "mov",
            [0x1A, 0x45, 0xDF, 0xA3, ..] => "matroska",
            _ => throw new UnsupportedMediaException("unknown", "The file is not a video that is known here; expected mp4, mov, mkv or webm."),
        };
    }

    /// <summary>The options in front of every input of a foreign video.</summary>
    public static string[] InputOptions(string path, string demuxer) =>
        ["-protocol_whitelist", "file,pipe", "-codec_whitelist", Codecs, "-f", demuxer, "-i", "file:" + Path.GetFullPath(path)];
}
