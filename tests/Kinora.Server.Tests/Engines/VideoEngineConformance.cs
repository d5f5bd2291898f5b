using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>What every engine promises. A new engine inherits this and gives itself.</summary>
public abstract class VideoEngineConformance
{
    private static readonly FrameSize s_size = new(320, 192);

    /// <summary>The engine under test, ready to work.</summary>
    protected abstract IVideoEngine CreateEngine();

    /// <summary>False for an engine whose pictures depend on weights that tests can't have.</summary>
    protected virtual bool ShowsGivenImages => true;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_engine_writes_exactly_the_frames_asked_for_and_sound_if_asked(bool audio)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var path = await GenerateAsync(workshop, Brief() with { GenerateAudio = audio }, new RecordingObserver());

        var info = await workshop.ProbeAsync(path);
        Assert.Equal(24, info.FrameCount);
        Assert.Equal(audio, info.Audio is not null);
    }

    [Fact]
    public async Task Progress_never_falls_and_stays_between_0_and_1()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var observer = new RecordingObserver();

        await GenerateAsync(workshop, Brief(), observer);

        Assert.NotEmpty(observer.Fractions);
        Assert.Equal(observer.Fractions.Order(), observer.Fractions);
        Assert.All(observer.Fractions, fraction => Assert.InRange(fraction, 0, 1));
    }

    [Fact]
    public async Task There_is_something_to_look_at_before_the_clip_is_done()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var observer = new RecordingObserver();

        await GenerateAsync(workshop, Brief(), observer);

        Assert.Contains(observer.PreviewsAt, fraction => fraction < 0.9);
    }

    [Fact]
    public async Task The_same_brief_gives_the_same_bytes()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var brief = Brief() with { GenerateAudio = true };

        var once = await File.ReadAllBytesAsync(await GenerateAsync(workshop, brief, new RecordingObserver(), "once.mp4"));
        var again = await File.ReadAllBytesAsync(await GenerateAsync(workshop, brief, new RecordingObserver(), "again.mp4"));

        Assert.Equal(once, again);
    }

    [Fact]
    public async Task The_clip_starts_on_the_start_image_and_ends_on_the_end_image()
    {
        Assert.SkipUnless(ShowsGivenImages, "A model of random weights shows noise.");
        using var workshop = await ClipWorkshop.OpenAsync();
        var brief = Brief() with { EndImage = Picture(shift: 90) };

        var (first, last) = await workshop.ReadEndsAsync(await GenerateAsync(workshop, brief, new RecordingObserver()));

        Assert.InRange(ClipWorkshop.Psnr(first, Kinora.Media.Color.Yuv420.FromImage(brief.StartImage)), 34, 99);
        Assert.InRange(ClipWorkshop.Psnr(last, Kinora.Media.Color.Yuv420.FromImage(brief.EndImage)), 34, 99);
    }

    [Fact]
    public async Task A_cancelled_engine_stops_and_leaves_no_file()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var observer = new RecordingObserver { OnReport = fraction => { if (fraction > 0.2) cancel.Cancel(); } };
        var brief = Brief() with { Shots = [new ShotBrief("push in", TimeSpan.FromSeconds(15))] };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GenerateAsync(workshop, brief, observer, cancellationToken: cancel.Token));

        Assert.True(observer.Fractions[^1] < 0.9, "The engine went on to the end.");
        Assert.False(File.Exists(workshop.PathOf("clip.mp4")));
    }

    private async Task<string> GenerateAsync(
        ClipWorkshop workshop, VideoBrief brief, RecordingObserver observer, string name = "clip.mp4", CancellationToken cancellationToken = default)
    {
        await using var encoder = VideoEncoder.Open(workshop.Ffmpeg, new VideoEncoderOptions
        {
            Size = brief.Size,
            Rate = brief.Rate,
            FrameCount = brief.FrameCount,
            OutputPath = workshop.PathOf(name),
            HasSoundtrack = brief.GenerateAudio,
        });
        await CreateEngine().GenerateAsync(brief, encoder, observer, cancellationToken);
        return (await encoder.CompleteAsync(cancellationToken)).Path;
    }

    private static VideoBrief Brief() => new()
    {
        Shots = [new ShotBrief("slowly push in", TimeSpan.FromSeconds(1))],
        StartImage = Picture(shift: 0),
        Seed = 7,
        Size = s_size,
        Rate = new FrameRate(24),
    };

    /// <summary>Smooth hills in colour: something that scales without ringing.</summary>
    private static Image Picture(int shift)
    {
        var pixels = new byte[s_size.Width * s_size.Height * 3];
        for (var y = 0; y < s_size.Height; y++)
        {
            for (var x = 0; x < s_size.Width; x++)
            {
                var at = ((y * s_size.Width) + x) * 3;
                pixels[at] = (byte)(128 + (100 * Math.Sin((x + shift) / 31.0)));
                pixels[at + 1] = (byte)(128 + (100 * Math.Sin((y + shift) / 23.0)));
                pixels[at + 2] = (byte)(128 + (60 * Math.Sin((x + y) / 47.0)));
            }
        }

        return new Image(s_size.Width, s_size.Height, 3, pixels);
    }

    private sealed class RecordingObserver : IEngineObserver
    {
        public List<double> Fractions { get; } = [];

        /// <summary>How far it was at every picture.</summary>
        public List<double> PreviewsAt { get; } = [];

        public Action<double>? OnReport { get; init; }

        public void Report(string phase, double fraction)
        {
            Fractions.Add(fraction);
            OnReport?.Invoke(fraction);
        }

        public void Preview(VideoFrame frame) => PreviewsAt.Add(Fractions[^1]);

        public void Log(string message)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
