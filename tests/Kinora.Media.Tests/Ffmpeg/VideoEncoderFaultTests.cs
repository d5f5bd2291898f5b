using System.Diagnostics;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Tests.Ffmpeg;

/// <summary>What happens when the encoder's child, disk or caller misbehaves: that call fails with the reason, and nothing is left behind.</summary>
public sealed class VideoEncoderFaultTests : IDisposable
{
    private static readonly FrameSize s_size = new(640, 360);

    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("SEGV", 11, "SIGSEGV")]
    [InlineData("KILL", 9, "SIGKILL")]
    public async Task A_child_that_dies_of_a_signal_fails_the_next_write_with_that_signal(string signal, int number, string name)
    {
        var encoder = await OpenAsync();
        await encoder.WriteFrameAsync(TestFrames.Create(s_size, 0), default);
        await SignalAsync(encoder, signal);
        var failure = await Assert.ThrowsAsync<ChildFailedException>(() => WriteAllAsync(encoder));
        Assert.Equal((number, null), (failure.Signal, failure.ExitCode));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        await AssertLeavesNothingAsync(encoder);
    }

    [Fact]
    public async Task A_child_that_hangs_is_stopped_after_the_stall_time()
    {
        var encoder = await OpenAsync(TimeSpan.FromMilliseconds(400));
        await encoder.WriteFrameAsync(TestFrames.Create(s_size, 0), default);
        await SignalAsync(encoder, "STOP");
        var failure = await Assert.ThrowsAsync<ChildTimeoutException>(() => WriteAllAsync(encoder));
        Assert.Equal(TimeSpan.FromMilliseconds(400), failure.Limit);
        await AssertLeavesNothingAsync(encoder);
    }

    [Fact]
    public async Task Cancelling_ends_a_write_that_is_stuck_in_a_hung_child()
    {
        var encoder = await OpenAsync();
        await encoder.WriteFrameAsync(TestFrames.Create(s_size, 0), default);
        await SignalAsync(encoder, "STOP");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAllAsync(encoder, stop.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        await AssertLeavesNothingAsync(encoder);
    }

    [Fact]
    public async Task A_full_disk_is_named_as_the_reason()
    {
        var full = _scratch.PathOf("full.mp4");
        File.CreateSymbolicLink(full, "/dev/full");
        var encoder = await OpenAsync(path: full);
        var failure = await Assert.ThrowsAsync<ChildFailedException>(async () =>
        {
            await WriteAllAsync(encoder);
            await encoder.CompleteAsync(default);
        });
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        await AssertLeavesNothingAsync(encoder);
    }

    [Fact]
    public async Task A_missing_output_directory_is_named_as_the_reason()
    {
        var encoder = await OpenAsync(path: Path.Combine(_scratch.FullPath, "nowhere", "a.mp4"));
        var failure = await Assert.ThrowsAsync<ChildFailedException>(() => WriteAllAsync(encoder));
        Assert.Equal(1, failure.ExitCode);
        Assert.Contains("No such file or directory", failure.Message, StringComparison.Ordinal);
        await encoder.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_in_the_middle_leaves_no_process_and_no_file()
    {
        var encoder = await OpenAsync();
        await encoder.WriteFrameAsync(TestFrames.Create(s_size, 0), default);
        await AssertLeavesNothingAsync(encoder);
    }

    [Fact]
    public async Task Fewer_frames_than_announced_are_an_error_and_so_is_one_more()
    {
        await using var encoder = await OpenAsync();
        await encoder.WriteFrameAsync(TestFrames.Create(s_size, 0), default);
        var few = await Assert.ThrowsAsync<InvalidOperationException>(() => encoder.CompleteAsync(default));
        Assert.Contains("Expected 24 frames, got 1", few.Message, StringComparison.Ordinal);
        for (var i = 1; i < 24; i++)
            await encoder.WriteFrameAsync(TestFrames.Create(s_size, i), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => encoder.WriteFrameAsync(TestFrames.Create(s_size, 24), default));
        Assert.Equal(24, (await encoder.CompleteAsync(default)).FrameCount);
    }

    [Fact]
    public async Task A_soundtrack_comes_exactly_when_it_was_announced()
    {
        var silence = new Soundtrack(new float[10], new float[10]);
        await using var silent = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => silent.SetSoundtrackAsync(silence, default));
        await using var spoken = await OpenAsync(sound: true);
        await Assert.ThrowsAsync<InvalidOperationException>(() => spoken.WriteFrameAsync(TestFrames.Create(s_size, 0), default));
        await spoken.SetSoundtrackAsync(silence, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => spoken.SetSoundtrackAsync(silence, default));
    }

    [Fact]
    public async Task A_frame_of_another_size_is_refused()
    {
        await using var encoder = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => encoder.WriteFrameAsync(new VideoFrame(new FrameSize(2, 2)), default));
    }

    private async Task<VideoEncoder> OpenAsync(TimeSpan? stall = null, string? path = null, bool sound = false) =>
        VideoEncoder.Open(await MediaTools.InstallationAsync(), new VideoEncoderOptions
        {
            Size = s_size,
            Rate = new FrameRate(24),
            FrameCount = 24,
            OutputPath = path ?? _scratch.PathOf("a.mp4"),
            HasSoundtrack = sound,
            StallTimeout = stall ?? TimeSpan.FromSeconds(60),
        });

    private static async Task WriteAllAsync(VideoEncoder encoder, CancellationToken cancellationToken = default)
    {
        var frame = TestFrames.Create(s_size, 1);
        while (encoder.FramesWritten < 24)
            await encoder.WriteFrameAsync(frame, cancellationToken);
    }

    private static async Task SignalAsync(VideoEncoder encoder, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{encoder.ChildId}"]);
        await kill.WaitForExitAsync();
    }

    private async Task AssertLeavesNothingAsync(VideoEncoder encoder)
    {
        var id = encoder.ChildId;
        await encoder.DisposeAsync();
        Assert.False(Directory.Exists($"/proc/{id}"), "The child still exists.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.FullPath));
    }
}
