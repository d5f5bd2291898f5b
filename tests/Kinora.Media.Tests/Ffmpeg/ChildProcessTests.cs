using System.Diagnostics;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Media.Tests.Images;

namespace Kinora.Media.Tests.Ffmpeg;

public sealed class ChildProcessTests
{
    private static readonly string s_shell = ProgramPath.Find("sh")!;

    [Fact]
    public async Task A_child_sees_no_environment_but_its_locale()
    {
        var text = await RunAsync("/usr/bin/env", []);
        Assert.Equal("LC_ALL=C\n", text);
    }

    [Fact]
    public async Task A_failing_child_is_quoted_with_the_end_of_its_errors_only()
    {
        var failure = await Assert.ThrowsAsync<ChildFailedException>(() =>
            RunAsync(s_shell, ["-c", "i=0; while [ $i -lt 3000 ]; do echo \"line $i\" >&2; i=$((i+1)); done; echo 'the reason @ 0xdead' >&2; exit 3"]));
        Assert.Equal((3, null), (failure.ExitCode, failure.Signal));
        Assert.EndsWith("the reason", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 3000, 6000);
    }

    [Fact]
    public async Task A_child_that_does_not_end_is_killed_with_its_own_children()
    {
        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<ChildTimeoutException>(() =>
            RunAsync(s_shell, ["-c", "/bin/sleep 1000 & wait"], timeout: TimeSpan.FromMilliseconds(300)));
        Assert.Contains("0.3 s", failure.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task More_output_than_there_is_room_for_stops_the_child()
    {
        var buffer = new byte[1000];
        var count = await ChildOutput.ReadAsync(
            s_shell, ["-c", "while :; do echo yes; done"], "/", ChildLimits.None, TimeSpan.FromSeconds(30), TimeProvider.System, buffer, default);
        Assert.Equal(1001, count);
    }

    [Fact]
    public async Task Limits_hold()
    {
        Assert.SkipUnless(LimitedCommand.IsAvailable, "prlimit (util-linux) is not installed");
        var limits = new ChildLimits { AddressSpaceBytes = 64 << 20, ProcessorTime = TimeSpan.FromSeconds(1), FileBytes = 4096 };
        Assert.Equal("65536 1 8\n", await RunAsync(s_shell, ["-c", "echo $(ulimit -v) $(ulimit -t) $(ulimit -f)"], limits));
        var busy = await Assert.ThrowsAsync<ChildFailedException>(() => RunAsync(s_shell, ["-c", "while :; do :; done"], limits));
        Assert.Contains(busy.Signal, (int?[])[9, 24]);
    }

    [Fact]
    public async Task A_picture_that_needs_more_memory_than_allowed_is_too_large()
    {
        Assert.SkipUnless(LimitedCommand.IsAvailable, "prlimit (util-linux) is not installed");
        using var scratch = ScratchDirectory.Create();
        var path = scratch.PathOf("wide.png");
        await File.WriteAllBytesAsync(path, new HandMadePng(10_000, 9_000, 16, 6).WithRows([0]).End());
        var header = ImageHeader.Read(path);
        var arguments = DecodeArguments.Create(path, header, ImageGeometry.Inside(10_000, 9_000, 100));
        var ffmpeg = await MediaTools.InstallationAsync();
        var limits = new ChildLimits { AddressSpaceBytes = 700L << 20 };
        var failure = await Assert.ThrowsAsync<ChildFailedException>(() => RunAsync(ffmpeg.FfmpegPath, [.. arguments], limits));
        Assert.IsType<MediaTooLargeException>(DecodeErrors.Explain(failure, header));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named() =>
        Assert.Contains("/nowhere/ffmpeg", (await Assert.ThrowsAsync<FfmpegMissingException>(() => RunAsync("/nowhere/ffmpeg", []))).Message, StringComparison.Ordinal);

    private static Task<string> RunAsync(string program, string[] arguments, ChildLimits? limits = null, TimeSpan? timeout = null) =>
        ChildOutput.ReadTextAsync(program, arguments, "/", limits ?? ChildLimits.None, timeout ?? TimeSpan.FromSeconds(30), TimeProvider.System, default);
}
