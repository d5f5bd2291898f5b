using System.Diagnostics;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Rendering;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>
/// Pictures with nothing to find in them and words that contradict themselves still make a good video: never black, never frozen, no border, no seam.
/// From a file on the disk to the frames of an MP4, at a small size.
/// </summary>
public sealed class OddInputTests
{
    private const int Budget = 320 * 180;

    // What ffmpeg draws; random(n) is a number from 0 to 1.
    private const string Noise = "nullsrc=s=640x360,geq=lum='random(1)*255':cb='random(2)*255':cr='random(3)*255'";
    private const string LineArt = "nullsrc=s=640x360,geq=lum='if(lt(mod(X+Y*0.3,37),2)+lt(mod(Y-X*0.2,53),2),10,245)':cb=128:cr=128";
    private const string Text = "nullsrc=s=640x360,geq=lum='if(lt(mod(Y,20),11)*lt(mod(floor(X/3)*floor(Y/2)*7+floor(X/9)*5,10),4)*lt(mod(X,41),33)*between(X,50,590)*between(Y,30,330),20,250)':cb=128:cr=128";
    private const string NightSky = "nullsrc=s=640x360,geq=lum='if(gt(random(1),0.998),230,20)':cb=132:cr=126";

    [Theory]
    [InlineData("noise", Noise)]
    [InlineData("line art", LineArt)]
    [InlineData("a page of text", Text)]
    [InlineData("a night sky", NightSky)]
    [InlineData("the narrowest picture", "testsrc2=s=400x1000")]
    [InlineData("the widest picture", "testsrc2=s=1000x400")]
    [InlineData("the smallest picture", "testsrc2=s=300x300")]
    public async Task A_picture_with_nothing_to_find_becomes_a_video_that_moves(string what, string source)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var (start, frames, _) = await MakeAsync(workshop, await DrawAsync(workshop, source), "the camera orbits to the right");

        AssertSound(what, start, frames);
        Assert.True(Enumerable.Range(12, 20).All(i => ClipWorkshop.Psnr(frames[i], frames[i + 1]) < 60), $"{what} freezes");
    }

    [Fact]
    public async Task A_flat_colour_stays_that_colour()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var (start, frames, _) = await MakeAsync(workshop, await DrawAsync(workshop, "color=c=0x7f6040:s=640x360"), "orbit, then zoom out");

        Assert.All(frames, frame => Assert.True(ClipWorkshop.Psnr(frame, start) > 45));
    }

    [Fact]
    public async Task What_is_transparent_shows_white_paper_and_no_fringe()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var picture = await DrawAsync(workshop, "color=c=red:s=400x400,format=rgba,geq=r='220':g='40':b='30':a='255*lt(hypot(X-200,Y-200),120)'");
        var (start, frames, _) = await MakeAsync(workshop, picture, "push in");

        AssertSound("alpha", start, frames);
        Assert.InRange(start.Y[0], 234, 235);
        Assert.All(frames, frame => Assert.InRange(frame.Y[5], 230, 238));
        // No black from under the transparent pixels; H.264 itself rings by up to 30 steps at so hard an edge.
        Assert.InRange(frames.Min(frame => frame.Y.ToArray().Min()), start.Y.ToArray().Min() - 36, 255);
    }

    [Theory]
    [InlineData("static camera, zoom in and zoom out, do not zoom, whip pan left while panning right")]
    [InlineData("🌸🚀✨🎬 👩‍🚀🔥")]
    [InlineData("الكاميرا تتحرك ببطء إلى اليسار نحو المدينة القديمة، ثم تتوقف.")]
    [InlineData("\u202Eorbit\u202C \u0000 \t zoom\u200Bin")]
    [InlineData("long")]
    public async Task Any_words_make_a_video(string prompt)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        if (prompt == "long")
            prompt = string.Concat(Enumerable.Repeat("The camera pushes in, snow falls, then it pans left and rain begins. ", 40))[..2500];
        var (start, frames, _) = await MakeAsync(workshop, SamplePhotos.PathOf("coffee.jpg"), prompt);

        AssertSound(prompt, start, frames);
        Assert.True(ClipWorkshop.Psnr(frames[^1], start) < 38, "Nothing moves.");
    }

    [Fact]
    public async Task An_end_image_of_another_shape_fills_the_frame_and_is_the_last_one()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var end = await DrawAsync(workshop, "testsrc2=s=400x1000");
        var (start, frames, size) = await MakeAsync(workshop, SamplePhotos.PathOf("stream.jpg"), "pan left", end);

        Assert.InRange(ClipWorkshop.Psnr(frames[0], start), 34, 99);
        Assert.InRange(ClipWorkshop.Psnr(frames[^1], await workshop.PrepareAsync(end, size)), 34, 99);
        Assert.All(Enumerable.Range(1, frames.Count - 1), i => Assert.True(ClipWorkshop.Psnr(frames[i - 1], frames[i]) > 16, $"frame {i} jumps"));
    }

    [Fact]
    public async Task Elements_without_a_subject_are_left_out_and_said_so()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var decoder = new ImageDecoder(workshop.Ffmpeg);
        var square = new FrameSize(320, 320);
        var noise = await decoder.DecodeAsync(await DrawAsync(workshop, Noise), square, CancellationToken.None);
        var flat = await decoder.DecodeAsync(await DrawAsync(workshop, "color=c=gray:s=320x320"), square, CancellationToken.None);
        List<VideoFrame> still = [.. Enumerable.Repeat(Kinora.Media.Color.Yuv420.FromImage(flat), 24)];
        ElementBrief[] elements = [new() { Views = [noise] }, new() { Views = [flat] }, new() { Footage = still, FootageRate = new FrameRate(24) }];
        var log = new LogObserver();
        const string Words = "static camera. @Element1 stands on the left, @Element2 walks, @Element3 floats";
        var (start, with, _) = await MakeAsync(workshop, SamplePhotos.PathOf("dandelion.jpg"), Words, elements: elements, log: log);

        Assert.All([1, 2, 3], number => Assert.Contains($"@Element{number} could not be cut out", log.ToString(), StringComparison.Ordinal));
        AssertSound("elements", start, with);
    }

    private static void AssertSound(string what, VideoFrame start, IReadOnlyList<VideoFrame> frames)
    {
        Assert.Equal(48, frames.Count);
        var (light, line) = (Light(start), SteepestLine(start));
        for (var i = 0; i < frames.Count; i += 3)
        {
            // Snow, rain and light may change the light of a picture; nothing makes it black.
            Assert.True(Light(frames[i]) > 0.7 * light, $"{what}: frame {i} is dark, {Light(frames[i]):0} instead of {light:0}");
            Assert.True(SteepestLine(frames[i]) <= line + 8, $"{what}: a border or a seam shows in frame {i}, {SteepestLine(frames[i]):0} instead of {line:0}");
        }
        Assert.InRange(ClipWorkshop.Psnr(frames[0], start), 34, 99);
    }

    private static double Light(VideoFrame frame) => frame.Y.ToArray().Average(value => (double)value);

    // Borders and seams are steps between neighbouring columns or rows that the picture does not have.
    private static double SteepestLine(VideoFrame frame)
    {
        double[] columns = Columns(frame), rows = Rows(frame);
        return Math.Max(columns.Zip(columns.Skip(1), (a, b) => Math.Abs(a - b)).Max(), rows.Zip(rows.Skip(1), (a, b) => Math.Abs(a - b)).Max());
    }

    private static double[] Columns(VideoFrame frame) =>
        [.. Enumerable.Range(0, frame.Size.Width).Select(x => Enumerable.Range(0, frame.Size.Height).Average(y => (double)frame.Y[(y * frame.Size.Width) + x]))];

    private static double[] Rows(VideoFrame frame) =>
        [.. Enumerable.Range(0, frame.Size.Height).Select(y => frame.Y.Slice(y * frame.Size.Width, frame.Size.Width).ToArray().Average(value => (double)value))];

    private static async Task<(VideoFrame Start, IReadOnlyList<VideoFrame> Frames, FrameSize Size)> MakeAsync(
        ClipWorkshop workshop, string picture, string prompt, string? end = null, IReadOnlyList<ElementBrief>? elements = null, LogObserver? log = null)
    {
        ImageHeader header;
        using (var file = File.OpenRead(picture))
            header = ImageHeader.Read(file);
        var size = FrameSizing.ForImage(header.Width, header.Height, Budget);
        var decoder = new ImageDecoder(workshop.Ffmpeg);
        var brief = new VideoBrief
        {
            Shots = [new ShotBrief(prompt, TimeSpan.FromSeconds(2))],
            StartImage = await decoder.DecodeAsync(picture, size, CancellationToken.None),
            EndImage = end is null ? null : await decoder.DecodeAsync(end, size, CancellationToken.None),
            Elements = elements ?? [],
            Seed = 3,
            Size = size,
            Rate = new FrameRate(24),
        };
        var clip = workshop.PathOf("odd.mp4");
        await using (var encoder = VideoEncoder.Open(workshop.Ffmpeg, new VideoEncoderOptions { Size = size, Rate = brief.Rate, FrameCount = brief.FrameCount, OutputPath = clip }))
        {
            await new MotionEngine(speaker: null).GenerateAsync(brief, encoder, log ?? new LogObserver(), CancellationToken.None);
            await encoder.CompleteAsync(CancellationToken.None);
        }
        return (Kinora.Media.Color.Yuv420.FromImage(brief.StartImage), await ReadAsync(workshop, clip, size), size);
    }

    private static async Task<IReadOnlyList<VideoFrame>> ReadAsync(ClipWorkshop workshop, string clip, FrameSize size)
    {
        await using var reader = VideoFrameReader.Open(workshop.Ffmpeg, clip, size, new FrameRate(24));
        var frames = new List<VideoFrame>();
        for (var frame = new VideoFrame(size); await reader.ReadAsync(frame, CancellationToken.None); frame = new VideoFrame(size))
            frames.Add(frame);
        return frames;
    }

    private static async Task<string> DrawAsync(ClipWorkshop workshop, string source)
    {
        var path = workshop.PathOf($"{Guid.NewGuid():N}.png");
        using var process = Process.Start(new ProcessStartInfo(workshop.Ffmpeg.FfmpegPath, ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1", path]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
