using System.Globalization;
using System.Text.RegularExpressions;
using Kinora.Media.Audio;

namespace Kinora.Media.Tests.Audio;

public sealed partial class LoudnessTests : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_reference_tone_of_the_standard_reads_minus_three_lufs()
    {
        // BS.1770-4: a 0 dBFS sine of 997 Hz in one front channel reads -3.01 LUFS; in both, 0.00 (EBU Tech 3341, case 1, at -23 dBFS reads -23).
        var tone = Tone(997, 1, 3);
        Assert.Equal(-3.01, LoudnessMeter.MeasureLufs(new Soundtrack(tone, new float[tone.Length])), 0.05);
        Assert.Equal(0, LoudnessMeter.MeasureLufs(new Soundtrack(tone, tone)), 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Loudness_and_true_peak_agree_with_ffmpegs_meter(int seed)
    {
        var soundtrack = Scene(seed);
        var path = _scratch.PathOf("a.wav");
        await WavFile.WriteFloatAsync(path, soundtrack);
        var report = await MediaTools.FfmpegAsync("-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-");
        var summary = report[report.LastIndexOf("Summary:", StringComparison.Ordinal)..];
        Assert.Equal(Number(Integrated().Match(summary)), LoudnessMeter.MeasureLufs(soundtrack), 0.2);
        Assert.Equal(Number(Peak().Match(summary)), LoudnessMeter.MeasureTruePeakDb(soundtrack), 0.3);
    }

    [Fact]
    public void A_peak_between_the_samples_is_seen()
    {
        // A quarter of the sample rate, 45 degrees off: every sample is 0.707, the wave itself reaches 1.
        var wave = Enumerable.Range(0, 4800).Select(i => (float)Math.Sin((Math.PI / 2 * i) + (Math.PI / 4))).ToArray();
        Assert.Equal(0, LoudnessMeter.MeasureTruePeakDb(new Soundtrack(wave, new float[wave.Length])), 0.3);
    }

    [Theory]
    [InlineData(Loudness.SpeechLufs)]
    [InlineData(Loudness.AmbienceLufs)]
    [InlineData(-9)]
    public void Normalising_meets_the_loudness_and_never_passes_the_ceiling(double target)
    {
        var before = Scene(4);
        var after = Loudness.Normalize(before, target);
        Assert.Equal(before.Length, after.Length);
        Assert.InRange(LoudnessMeter.MeasureLufs(after), target - (target > -12 ? 4 : 0.3), target + 0.05);
        Assert.InRange(LoudnessMeter.MeasureTruePeakDb(after), -100, Loudness.CeilingDb);
    }

    [Fact]
    public void Silence_stays_silence()
    {
        var silence = new Soundtrack(new float[48_000], new float[48_000]);
        Assert.Equal(double.NegativeInfinity, LoudnessMeter.MeasureLufs(silence));
        Assert.All(Loudness.Normalize(silence, -18).Left, sample => Assert.Equal(0, sample));
        Assert.Equal(0, Loudness.Normalize(new Soundtrack([], []), -18).Length);
    }

    /// <summary>Noise and tones whose level jumps, with a silent gap that the gates must leave out.</summary>
    private static Soundtrack Scene(int seed)
    {
        var random = new Random(seed);
        var (left, right) = (new float[5 * Soundtrack.SampleRateHz], new float[5 * Soundtrack.SampleRateHz]);
        var (level, low) = (0.1, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            if (i % 24_000 == 0)
                level = i / 24_000 == 4 ? 0.0001 : 0.03 + (0.3 * random.NextDouble());
            low = (0.9 * low) + (0.1 * ((2 * random.NextDouble()) - 1));
            left[i] = (float)(level * (low + (0.5 * Math.Sin(i * 0.03))));
            right[i] = (float)(level * ((0.3 * low) + (0.7 * ((2 * random.NextDouble()) - 1))));
        }

        return new Soundtrack(left, right);
    }

    private static float[] Tone(double hz, float amplitude, int seconds) =>
        [.. Enumerable.Range(0, seconds * Soundtrack.SampleRateHz).Select(i => amplitude * (float)Math.Sin(2 * Math.PI * hz * i / Soundtrack.SampleRateHz))];

    private static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"I:\s+(-?[\d.]+) LUFS")]
    private static partial Regex Integrated();

    [GeneratedRegex(@"Peak:\s+(-?[\d.]+) dBFS")]
    private static partial Regex Peak();
}
