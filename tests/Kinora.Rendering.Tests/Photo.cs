using System.Collections.Concurrent;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;

namespace Kinora.Rendering.Tests;

/// <summary>The free photographs beside this file, decoded once per size.</summary>
internal static class Photo
{
    private static readonly ConcurrentDictionary<(string Name, FrameSize Size), Task<Image>> s_decoded = new();

    public static FrameSize Small { get; } = new(480, 270);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Photos", name + ".jpg");

    public static Task<Image> LoadAsync(string name, FrameSize? size = null) => s_decoded.GetOrAdd((name, size ?? Small), key => DecodeAsync(key.Name, key.Size));

    private static async Task<Image> DecodeAsync(string name, FrameSize size)
    {
        var ffmpeg = await FfmpegInstallation.FindAsync(null, CancellationToken.None);
        return await new ImageDecoder(ffmpeg).DecodeAsync(PathOf(name), size, CancellationToken.None);
    }
}
