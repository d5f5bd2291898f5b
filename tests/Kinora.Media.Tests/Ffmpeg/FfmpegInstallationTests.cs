using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Tests.Ffmpeg;

public sealed class FfmpegInstallationTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_ffmpeg_on_the_path_is_found_and_checked()
    {
        var found = await FfmpegInstallation.FindAsync(null, default);
        Assert.True(File.Exists(found.FfmpegPath) && File.Exists(found.FfprobePath));
        Assert.NotEmpty(found.Version);
    }

    [Fact]
    public async Task A_missing_ffmpeg_is_named_with_how_to_get_it()
    {
        var failure = await Assert.ThrowsAsync<FfmpegMissingException>(() => FfmpegInstallation.FindAsync(_scratch.FullPath, default));
        Assert.Contains("ffmpeg was not found in", failure.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install ffmpeg", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_an_old_build_lacks_is_listed_at_once()
    {
        Fake("ffprobe", "echo ffprobe version 4.4");
        Fake("ffmpeg", "case $2 in -version) echo 'ffmpeg version 4.4.2-0ubuntu0.22.04.1';; -encoders) echo ' A..... aac  AAC';; *) echo ' V..... png  x'; echo ' V..... mjpeg x';; esac");
        var failure = await Assert.ThrowsAsync<FfmpegMissingException>(() => FfmpegInstallation.FindAsync(_scratch.FullPath, default));
        Assert.Contains("it is version 4.4.2-0ubuntu0.22.04.1, but 5.0 or later is needed; it has no libx264 encoder; it has no webp decoder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_is_not_taken_for_ffmpeg()
    {
        Fake("ffprobe", "exit 0");
        Fake("ffmpeg", "echo broken library >&2; exit 127");
        var failure = await Assert.ThrowsAsync<FfmpegMissingException>(() => FfmpegInstallation.FindAsync(_scratch.FullPath, default));
        Assert.Contains("broken library", failure.Message, StringComparison.Ordinal);
    }

    private void Fake(string name, string script)
    {
        var path = _scratch.PathOf(name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
