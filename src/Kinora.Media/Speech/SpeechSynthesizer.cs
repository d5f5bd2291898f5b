using System.Globalization;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Speech;

/// <summary>
/// Speaks text with espeak-ng as a child process: formant synthesis, intelligible and plainly a machine. The same text gives the same samples.
/// Chinese goes through the voice <c>cmn-latn-pinyin</c>: with plain <c>cmn</c>, espeak-ng 1.51 as Debian builds it reads the tones out as numbers
/// (https://github.com/espeak-ng/espeak-ng/issues/1028).
/// </summary>
public sealed class SpeechSynthesizer
{
    private const int MostCharacters = 600, WordsPerMinute = 160, MostBytes = 8 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly string _program;
    private readonly TimeProvider _time;

    private SpeechSynthesizer(string program, TimeProvider time) => (_program, _time) = (program, time);

    /// <summary>Looks for espeak-ng on PATH; null if it is not installed, and then nobody speaks.</summary>
    public static SpeechSynthesizer? TryFind(TimeProvider? time = null) =>
        ProgramPath.Find("espeak-ng") is { } program ? new SpeechSynthesizer(program, time ?? TimeProvider.System) : null;

    /// <summary>Speaks a sentence: mono samples at <see cref="Soundtrack.SampleRateHz"/>, full scale at -1 and 1.</summary>
    /// <exception cref="ChildFailedException">espeak-ng failed.</exception>
    /// <exception cref="ChildTimeoutException">espeak-ng did not end.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<float[]> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var directory = ScratchDirectory.Create();
        var buffer = new byte[MostBytes];
        var count = await ChildOutput.ReadAsync(_program, Arguments(request), directory.FullPath, ChildLimits.None, Timeout, _time, buffer, cancellationToken);
        // A pipe cannot be rewound, so espeak-ng leaves the sizes in the header open; 44 bytes of header, then 16-bit mono at the rate it names.
        var file = buffer.AsSpan(0, Math.Min(count, buffer.Length));
        return file.Length <= HeaderBytes ? [] : Resample(Samples(file[HeaderBytes..]), BitConverter.ToInt32(file[24..]));
    }

    private const int HeaderBytes = 44;

    private static string[] Arguments(SpeechRequest request)
    {
        var speed = (int)Math.Round(WordsPerMinute * Math.Clamp(request.Rate, 0.5, 2));
        var text = request.Text.Length > MostCharacters ? request.Text[..MostCharacters] : request.Text;
        // The leading space keeps a text that starts with a dash from being read as an option.
        return ["--stdout", "-v", VoiceName(request), "-s", speed.ToString(CultureInfo.InvariantCulture), "-p", Pitch(request.Voice), " " + text];
    }

    private static string VoiceName(SpeechRequest request)
    {
        var language = request.Language == SpeechLanguage.Chinese ? "cmn-latn-pinyin" : "en-us";
        return language + request.Voice switch
        {
            SpeechVoice.Female => "+f3",
            SpeechVoice.Child => "+f2",
            SpeechVoice.OldFemale => "+f5",
            SpeechVoice.OldMale => "+m5",
            SpeechVoice.Whisper => "+whisper",
            _ => "+m3",
        };
    }

    private static string Pitch(SpeechVoice voice) => voice switch { SpeechVoice.Child => "85", SpeechVoice.OldMale => "30", SpeechVoice.OldFemale => "40", _ => "50" };

    private static float[] Samples(ReadOnlySpan<byte> data)
    {
        var samples = new float[data.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BitConverter.ToInt16(data[(2 * i)..]) / 32768f;
        return samples;
    }

    // Catmull-Rom between samples: espeak-ng has next to nothing above 8 kHz, so its images stay inaudible.
    private static float[] Resample(float[] samples, int rateHz)
    {
        if (samples.Length < 4 || rateHz <= 0)
            return [];
        var result = new float[(int)((long)samples.Length * Soundtrack.SampleRateHz / rateHz)];
        for (var i = 0; i < result.Length; i++)
        {
            var at = (double)i * rateHz / Soundtrack.SampleRateHz;
            var k = Math.Clamp((int)at, 1, samples.Length - 3);
            var t = (float)(at - k);
            float a = samples[k - 1], b = samples[k], c = samples[k + 1], d = samples[k + 2];
            result[i] = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
        }
        return result;
    }
}
