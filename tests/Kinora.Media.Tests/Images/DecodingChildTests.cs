using System.Diagnostics;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

/// <summary>A child that was started before its picture: the same picture, the same limits, one picture each, and nothing left behind.</summary>
public sealed class DecodingChildTests : IDisposable
{
    private static readonly FrameSize s_size = new(64, 48);

    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.jpg", "testsrc2=s=160x120")]
    [InlineData("a.png", "testsrc2=s=160x120,format=rgb24")]
    [InlineData("alpha.png", "testsrc2=s=160x120,format=rgba,colorchannelmixer=aa=0.5")]
    [InlineData("a.webp", "testsrc2=s=160x120")]
    public async Task The_child_that_waited_gives_the_same_picture_and_is_gone(string name, string graph)
    {
        var path = await MakeAsync(name, graph);
        await using var decoder = await OpenAsync();
        var cold = await decoder.DecodeAsync(path, s_size, default);
        var waiting = await PrepareAsync(decoder);
        var warm = await decoder.DecodeAsync(path, s_size, default);
        Assert.Equal(cold.Pixels, warm.Pixels);
        Assert.Null(decoder.SpareId);
        Assert.False(IsAlive(waiting));
    }

    [Fact]
    public async Task A_child_decodes_one_picture_and_another_one_waits_for_the_next()
    {
        var (first, second) = (await MakeAsync("a.jpg", "testsrc2=s=160x120"), await MakeAsync("b.jpg", "color=red:s=90x200"));
        await using var decoder = await OpenAsync();
        await decoder.DecodeAsync(first, s_size, default);
        var one = await PrepareAsync(decoder);
        Assert.Equal(one, await PrepareAsync(decoder));
        await decoder.DecodeAsync(first, s_size, default);
        var two = await PrepareAsync(decoder);
        Assert.NotEqual(one, two);
        Assert.InRange((await decoder.DecodeAsync(second, s_size, default)).Pixels[0], 245, 255);
    }

    [Fact]
    public async Task Two_decodes_at_once_do_not_share_a_child()
    {
        var (first, second) = (await MakeAsync("a.jpg", "testsrc2=s=160x120"), await MakeAsync("b.jpg", "color=red:s=90x200"));
        await using var decoder = await OpenAsync();
        var expected = await decoder.DecodeAsync(first, s_size, default);
        await PrepareAsync(decoder);
        var images = await Task.WhenAll(decoder.DecodeAsync(first, s_size, default), decoder.DecodeAsync(second, s_size, default));
        Assert.Equal(expected.Pixels, images[0].Pixels);
        Assert.InRange(images[1].Pixels[0], 245, 255);
    }

    [Fact]
    public async Task A_picture_of_another_kind_gets_a_child_of_its_own()
    {
        await using var decoder = await OpenAsync();
        await decoder.DecodeAsync(await MakeAsync("a.jpg", "testsrc2=s=160x120"), s_size, default);
        var waiting = await PrepareAsync(decoder);
        Assert.InRange((await decoder.DecodeAsync(await MakeAsync("b.png", "color=red:s=90x200,format=rgb24"), s_size, default)).Pixels[0], 245, 255);
        Assert.False(IsAlive(waiting));
    }

    [Fact]
    public async Task A_waiting_child_is_under_the_limits_of_every_decoder()
    {
        Assert.SkipUnless(LimitedCommand.IsAvailable, "prlimit (util-linux) is not installed");
        await using var decoder = await OpenAsync();
        await decoder.DecodeAsync(await MakeAsync("a.jpg", "testsrc2=s=160x120"), s_size, default);
        var limits = await LimitsAsync(await PrepareAsync(decoder));
        Assert.Equal("2684354560", limits("Max address space"));
        Assert.Equal("60", limits("Max cpu time"));
        Assert.Equal("0", limits("Max file size"));
        Assert.Equal("0", limits("Max core file size"));
    }

    [Fact]
    public async Task A_waiting_child_that_was_killed_is_replaced()
    {
        var path = await MakeAsync("a.jpg", "testsrc2=s=160x120");
        await using var decoder = await OpenAsync();
        var cold = await decoder.DecodeAsync(path, s_size, default);
        using (var waiting = Process.GetProcessById(await PrepareAsync(decoder)))
        {
            waiting.Kill();
            await waiting.WaitForExitAsync();
        }
        Assert.Equal(cold.Pixels, (await decoder.DecodeAsync(path, s_size, default)).Pixels);
        Assert.True(IsAlive(await PrepareAsync(decoder)));
    }

    [Fact]
    public async Task A_waiting_child_whose_directory_was_cleaned_away_is_replaced()
    {
        var path = await MakeAsync("a.jpg", "testsrc2=s=160x120");
        var ffmpeg = await MediaTools.InstallationAsync();
        var header = ImageHeader.Read(path);
        await using var child = DecodingChild.StartAhead(ffmpeg, ImageKind.Of(header), new ImageLimits());
        Directory.Delete(new FileInfo($"/proc/{child.Id}/cwd").ResolveLinkTarget(returnFinalTarget: true)!.FullName, recursive: true);
        Assert.False(child.TryGive(path, header, ImageGeometry.Cover(160, 120, 64, 48)));
    }

    [Fact]
    public async Task A_waiting_child_ends_by_itself_when_its_parent_is_gone()
    {
        var ffmpeg = await MediaTools.InstallationAsync();
        await using var child = DecodingChild.StartAhead(ffmpeg, new ImageKind(ImageFormat.Jpeg, HasAlpha: false), new ImageLimits());
        // The kernel closes the pipe of a dead parent, which is all that reading does first.
        var failure = await Assert.ThrowsAsync<ChildFailedException>(() => child.ReadAsync(new byte[10], TimeSpan.FromSeconds(30), TimeProvider.System, default));
        Assert.Contains("Could not open", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half its pixels")]
    [InlineData("two sizes")]
    [InlineData("a size beyond every limit")]
    public async Task A_hostile_picture_harms_only_itself(string kind)
    {
        var good = await MakeAsync("a.jpg", "testsrc2=s=160x120");
        var bad = _scratch.PathOf("bad.jpg");
        await File.WriteAllBytesAsync(bad, Spoil(kind, await File.ReadAllBytesAsync(good)));
        await using var decoder = await OpenAsync();
        var expected = await decoder.DecodeAsync(good, s_size, default);
        var waiting = await PrepareAsync(decoder);
        await Assert.ThrowsAsync<DamagedMediaException>(() => decoder.DecodeAsync(bad, s_size, default));
        Assert.False(IsAlive(waiting));
        await PrepareAsync(decoder);
        Assert.Equal(expected.Pixels, (await decoder.DecodeAsync(good, s_size, default)).Pixels);
    }

    [Fact]
    public async Task Disposing_leaves_no_child_and_starts_no_more()
    {
        var decoder = await OpenAsync();
        await decoder.DecodeAsync(await MakeAsync("a.jpg", "testsrc2=s=160x120"), s_size, default);
        var waiting = await PrepareAsync(decoder);
        await decoder.DisposeAsync();
        Assert.False(IsAlive(waiting));
        decoder.PrepareNext();
        Assert.Null(decoder.SpareId);
    }

    [Fact]
    public async Task Nothing_waits_before_the_first_picture_or_with_an_ffmpeg_that_cannot_wait()
    {
        await using var decoder = await OpenAsync();
        decoder.PrepareNext();
        Assert.Null(decoder.SpareId);

        var found = await MediaTools.InstallationAsync();
        await using var newer = new ImageDecoder(new FfmpegInstallation(found.FfmpegPath, found.FfprobePath, "8.0"));
        await newer.DecodeAsync(await MakeAsync("a.jpg", "testsrc2=s=160x120"), s_size, default);
        newer.PrepareNext();
        Assert.Null(newer.SpareId);
    }

    private static byte[] Spoil(string kind, byte[] jpeg)
    {
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        switch (kind)
        {
            case "half its pixels":
                return [.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9];
            case "two sizes":
                return [.. jpeg[..frame], .. HandMadeJpeg.Header(64, 64)[2..^2], .. jpeg[frame..]];
            default:
                // The first header is small; the one that counts asks for more than any picture may have.
                byte[] second = [.. jpeg[frame..]];
                (second[5], second[6], second[7], second[8]) = (0x3F, 0xFF, 0x3F, 0xFF);
                return [.. jpeg[..frame], .. HandMadeJpeg.Header(64, 64)[2..^2], .. second];
        }
    }

    private static async Task<ImageDecoder> OpenAsync() => new(await MediaTools.InstallationAsync());

    private static async Task<int> PrepareAsync(ImageDecoder decoder)
    {
        Assert.SkipUnless((await MediaTools.InstallationAsync()).ReadsFiltersLate, "this ffmpeg can't wait for its picture");
        decoder.PrepareNext();
        return Assert.NotNull(decoder.SpareId);
    }

    private static bool IsAlive(int id) => Directory.Exists($"/proc/{id}");

    // prlimit becomes ffmpeg in a moment; its own limits are not yet the child's before.
    private static async Task<Func<string, string>> LimitsAsync(int id)
    {
        while (!(await File.ReadAllTextAsync($"/proc/{id}/cmdline")).StartsWith((await MediaTools.InstallationAsync()).FfmpegPath, StringComparison.Ordinal))
            await Task.Delay(10);
        var lines = await File.ReadAllLinesAsync($"/proc/{id}/limits");
        return name => lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
    }

    private async Task<string> MakeAsync(string name, string graph)
    {
        var path = _scratch.PathOf(name);
        await MediaTools.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", graph, "-frames:v", "1", path);
        return path;
    }
}
