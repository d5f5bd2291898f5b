using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Sound.Events;
using Kinora.Rendering.Sound.Music;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Sound;

/// <summary>What is heard in the finished MP4, after AAC: measured by ffmpeg's own EBU R128 meter, and by spectra.</summary>
public sealed partial class EncodedSoundTests : IDisposable
{
    private const int Seconds = 4;
    private static readonly FrameSize s_size = new(64, 64);
    private static readonly FrameRate s_rate = new(2);
    private static readonly Lazy<Task<FfmpegInstallation>> s_installed = new(() => FfmpegInstallation.FindAsync(null, CancellationToken.None));
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Every_ambience_event_and_mood_is_as_loud_as_broadcasters_ask_and_never_clips()
    {
        List<(string Name, SoundPlan Plan)> sounds =
        [
            .. SoundBeds.All.Select(bed => (bed.Name, new SoundPlan([new BedPlan(bed.Name, 0, "")]))),
            .. SoundEvents.All.Select(sound => (sound.Name, new SoundPlan([new BedPlan("room", 0, "")]) { Events = [new EventPlan(sound.Name, 1.5, sound.Repeats ? 3.5 : 1.5 + sound.Seconds, 1, 0, -0.3, 0.3, "")] })),
            .. Mood.All.Select(mood => (mood.Name, new SoundPlan([]) { Music = new MusicPlan(mood.Name, "") })),
        ];
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(sounds, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (sound, stop) =>
        {
            var track = SoundStage.Compose(sound.Plan, [], Seconds * Soundtrack.SampleRateHz, 7, stop);
            var report = await FfmpegAsync(await EncodeAsync(sound.Name, track, stop), "-af", "ebur128=peak=true", "-f", "null", "-");
            var summary = report[report.LastIndexOf("Summary:", StringComparison.Ordinal)..];
            double loudness = Number(Integrated(), summary), peak = Number(TruePeak(), summary);
            if (loudness is < -23 or > -14 || peak > -1)
                faults.Add($"{sound.Name}: {loudness} LUFS, {peak} dBTP");
        });

        Assert.True(sounds.Count >= 35, $"only {sounds.Count} sounds");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("A quiet room. The old man looks up and says “Good evening, my friends.”", "A quiet room. The old man looks up.")]
    [InlineData("安静的房间。老人抬起头说：“大家晚上好，欢迎来到这里。”", "安静的房间。老人抬起头。")]
    public async Task A_quoted_line_is_heard_in_the_file(string prompt, string quiet)
    {
        var speaker = EspeakSpeaker.TryFind();
        Assert.False(speaker is null && (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Contains("espeak-ng", StringComparison.Ordinal), "espeak-ng must be installed here.");
        Assert.SkipWhen(speaker is null, "espeak-ng is not installed.");
        Soundtrack with = await ReadBackAsync(prompt, speaker!), without = await ReadBackAsync(quiet, speaker!);

        // A voice has its formants between 400 Hz and 4 kHz, where a room has next to nothing; syllables make its level rise and fall.
        Assert.InRange(Against(with, 400, 4000) / Against(without, 400, 4000), 2, 1000);
        Assert.InRange(SoundProbe.Unrest(with) / SoundProbe.Unrest(without), 2, 100);

        static double Against(Soundtrack track, double low, double high) => SoundProbe.Power(track, low, high, 0, track.Length) / SoundProbe.Power(track, 40, 200, 0, track.Length);
    }

    private async Task<Soundtrack> ReadBackAsync(string prompt, EspeakSpeaker speaker)
    {
        using var clip = Clips.Create(Clips.Brief(Clips.Blobs(64, 64), prompt, Seconds) with { GenerateAudio = true, Speak = speaker.SpeakAsync });
        var track = await clip.ComposeSoundtrackAsync(cancellationToken: TestContext.Current.CancellationToken);
        var samples = _scratch.PathOf("samples.raw");
        await FfmpegAsync(await EncodeAsync("speech", track, TestContext.Current.CancellationToken), "-y", "-f", "f32le", "-ac", "2", samples);
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(samples)).ToArray();
        return new Soundtrack([.. values.Where((_, i) => i % 2 == 0)], [.. values.Where((_, i) => i % 2 == 1)]);
    }

    private async Task<string> EncodeAsync(string name, Soundtrack track, CancellationToken cancellationToken)
    {
        var options = new VideoEncoderOptions { Size = s_size, Rate = s_rate, FrameCount = s_rate.CountFrames(TimeSpan.FromSeconds(Seconds)), OutputPath = _scratch.PathOf(name + ".mp4"), HasSoundtrack = true, Preset = "ultrafast" };
        await using var encoder = VideoEncoder.Open(await s_installed.Value, options);
        await encoder.SetSoundtrackAsync(track, cancellationToken);
        var frame = new VideoFrame(s_size);
        for (var i = 0; i < options.FrameCount; i++)
            await encoder.WriteFrameAsync(frame, cancellationToken);
        return (await encoder.CompleteAsync(cancellationToken)).Path;
    }

    private static async Task<string> FfmpegAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostdin", "-nostats", "-i", input, "-vn", .. arguments]) { RedirectStandardError = true })!;
        var report = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, report);
        return report;
    }

    private static double Number(Regex pattern, string text) => double.Parse(pattern.Match(text).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"I:\s+(-?[\d.]+) LUFS")]
    private static partial Regex Integrated();

    [GeneratedRegex(@"Peak:\s+(-?[\d.]+) dBFS")]
    private static partial Regex TruePeak();
}
