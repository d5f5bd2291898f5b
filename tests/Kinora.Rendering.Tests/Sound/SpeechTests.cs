using Kinora.Media.Audio;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Sound;

public sealed class SpeechTests
{
    [Theory]
    [InlineData("A woman looks up and says \"I remember this place.\"", "female english \"I remember this place.\"")]
    [InlineData("An old man whispers “come closer”", "whisper english \"come closer\"")]
    [InlineData("The boy shouts \"wait for me!\"", "child english \"wait for me!\"")]
    [InlineData("He says: we are leaving tonight", "male english \"we are leaving tonight\"")]
    [InlineData("她说：「你好，世界」", "female chinese \"你好，世界\"")]
    [InlineData("老爷爷说「天黑了」", "oldmale chinese \"天黑了\"")]
    [InlineData("a quiet street", "")]
    public void What_stands_in_quotation_marks_is_said(string prompt, string expected)
    {
        var lines = SpeechReader.Read(prompt, 0, 5, 0);

        Assert.Equal(expected, string.Join("; ", lines.Select(line => $"{line.Request.Voice} {line.Request.Language}".ToLowerInvariant() + $" \"{line.Request.Text}\"")));
    }

    [Fact]
    public void Two_sentences_follow_each_other()
    {
        var lines = SpeechReader.Read("She says \"Good morning.\" He answers \"Good evening to you.\"", 0, 6, 0);

        Assert.Equal([SpeechVoice.Female, SpeechVoice.Male], lines.Select(line => line.Request.Voice));
        Assert.True(lines[1].Seconds > lines[0].Seconds + 0.8);
    }

    [Fact]
    public void Spoken_words_direct_no_camera()
    {
        var plan = MotionClip.PlanScene(Clips.Brief(Clips.Blobs(64, 64), "She says \"pan left, it rains\"", 5) with { GenerateAudio = true });

        Assert.Equal("drift", plan.Shots[0].Moves[0].Move);
        Assert.Empty(plan.Shots[0].Effects);
        Assert.DoesNotContain(plan.Sound!.Beds, bed => bed.Bed == "rain");
    }

    [Fact]
    public async Task Speech_is_heard_where_the_plan_puts_it_and_lowers_the_ambience()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "Rain. A woman says \"hello there my friend\"", 5) with { GenerateAudio = true };
        using var clip = Clips.Create(brief);
        var tone = Enumerable.Range(0, Soundtrack.SampleRateHz).Select(i => 0.5f * MathF.Sin(i * 0.05f)).ToArray();
        var with = await clip.ComposeSoundtrackAsync((_, _) => Task.FromResult(tone), TestContext.Current.CancellationToken);
        var without = await clip.ComposeSoundtrackAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(without.Length, with.Length);
        Assert.InRange(LoudnessMeter.MeasureLufs(with), -19.5, -17);
        Assert.True(Level(with, 1.0) > 3 * Level(with, 4.0), "speech stands out of the rain");
    }

    [Fact]
    public async Task Espeak_speaks_and_says_the_same_twice()
    {
        var espeak = SpeechSynthesizer.TryFind();
        Assert.SkipWhen(espeak is null, "espeak-ng is not installed");
        var request = new SpeechRequest("Good morning, everyone.", SpeechLanguage.English, SpeechVoice.Female);
        var samples = await espeak!.SpeakAsync(request, TestContext.Current.CancellationToken);

        Assert.InRange(samples.Length, Soundtrack.SampleRateHz / 2, 4 * Soundtrack.SampleRateHz);
        Assert.True(samples.Max() > 0.1f);
        Assert.Equal(samples, await espeak.SpeakAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Chinese_takes_about_as_long_as_a_person_would()
    {
        var espeak = SpeechSynthesizer.TryFind();
        Assert.SkipWhen(espeak is null, "espeak-ng is not installed");
        var samples = await espeak!.SpeakAsync(new SpeechRequest("你好，今天天气很好", SpeechLanguage.Chinese, SpeechVoice.Male), TestContext.Current.CancellationToken);

        Assert.InRange(samples.Length / (double)Soundtrack.SampleRateHz, 1.2, 4);
    }

    private static double Level(Soundtrack track, double seconds)
    {
        var start = (int)(seconds * Soundtrack.SampleRateHz);
        return Math.Sqrt(track.Left.Skip(start).Take(9600).Average(value => value * (double)value));
    }
}
