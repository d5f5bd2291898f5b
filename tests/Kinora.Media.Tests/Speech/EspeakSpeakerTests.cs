using Kinora.Media.Speech;

namespace Kinora.Media.Tests.Speech;

public sealed class EspeakSpeakerTests
{
    private static readonly SpeechVoice s_man = new(VoiceSex.Male, VoiceAge.Adult), s_woman = new(VoiceSex.Female, VoiceAge.Adult);

    [Theory]
    [InlineData("Hello there, my friend.", "en", 0.8, 3)]
    [InlineData("你好，世界。今天天气很好。", "zh", 1.2, 4.5)]
    [InlineData("Guten Morgen, liebe Freunde.", "de", 0.8, 3.5)]
    [InlineData("nobody knows this language", "xx", 0.8, 4)]
    public async Task A_line_is_spoken_in_about_the_time_a_person_takes(string text, string language, double shortest, double longest)
    {
        var line = await Speaker().SpeakAsync(new SpeechRequest(text, language, s_woman), TestContext.Current.CancellationToken);

        Assert.InRange((double)line.Samples.Length / line.SampleRateHz, shortest, longest);
        Assert.True(line.Samples.Max(Math.Abs) > 0.1f);
    }

    [Fact]
    public async Task The_same_request_gives_the_same_samples_and_a_faster_one_fewer()
    {
        var request = new SpeechRequest("The rain has stopped at last.", "en", s_man);
        var line = await Speaker().SpeakAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(line.Samples, (await Speaker().SpeakAsync(request, TestContext.Current.CancellationToken)).Samples);
        var faster = await Speaker().SpeakAsync(request with { Rate = 1.25 }, TestContext.Current.CancellationToken);
        Assert.InRange((double)faster.Samples.Length / line.Samples.Length, 0.7, 0.92);
    }

    [Fact]
    public async Task Men_speak_lower_than_women_and_women_lower_than_children()
    {
        double man = await PitchAsync(s_man), woman = await PitchAsync(s_woman), child = await PitchAsync(new SpeechVoice(VoiceSex.Female, VoiceAge.Child));

        Assert.InRange(man, 70, 150);
        Assert.InRange(woman, man * 1.3, 260);
        Assert.InRange(child, woman * 1.1, 420);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  … !? 🌸 ")]
    [InlineData("[[]]")]
    public async Task A_text_without_words_gives_no_sound(string text) =>
        Assert.Empty((await Speaker().SpeakAsync(new SpeechRequest(text, "en", s_man), TestContext.Current.CancellationToken)).Samples);

    [Fact]
    public async Task A_text_that_looks_like_options_or_notation_is_only_read()
    {
        var line = await Speaker().SpeakAsync(new SpeechRequest("-v foo --path=/etc -w out.wav [[h@loU]] <break/> $(id) \0", "en; rm", s_man), TestContext.Current.CancellationToken);

        Assert.NotEmpty(line.Samples);
    }

    [Fact]
    public async Task A_very_long_text_is_cut() =>
        Assert.InRange((await Speaker().SpeakAsync(new SpeechRequest(new string('啊', 5000), "zh", s_man), TestContext.Current.CancellationToken)).Samples.Length, 1, 2 << 20);

    [Fact]
    public async Task Cancelling_stops_the_child() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Speaker().SpeakAsync(new SpeechRequest("Hello", "en", s_man), new CancellationToken(canceled: true)));

    [Fact]
    public void Without_the_program_there_is_no_speaker() => Assert.Null(EspeakSpeaker.TryFind("/nowhere/espeak-ng"));

    [Fact]
    public async Task A_program_that_fails_or_says_nothing_is_a_fault_of_that_line_only()
    {
        await Assert.ThrowsAnyAsync<MediaException>(() => EspeakSpeaker.TryFind("/bin/false")!.SpeakAsync(new SpeechRequest("Hello", "en", s_man), TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<MediaException>(() => EspeakSpeaker.TryFind("/bin/true")!.SpeakAsync(new SpeechRequest("Hello", "en", s_man), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("zh", "cmn-latn-pinyin+f3")]
    [InlineData("en", "en-us+f3")]
    [InlineData("DE", "de+f3")]
    public void Chinese_is_never_left_to_the_voice_that_reads_tones_as_numbers(string language, string voice) =>
        Assert.Equal(voice, EspeakArguments.For(new SpeechRequest("x", language, s_woman))[1]);

    private static EspeakSpeaker Speaker()
    {
        var speaker = EspeakSpeaker.TryFind();
        Assert.False(speaker is null && (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Contains("espeak-ng", StringComparison.Ordinal), "espeak-ng must be installed here.");
        Assert.SkipWhen(speaker is null, "espeak-ng is not installed.");
        return speaker!;
    }

    /// <summary>The median over the line of the lag at which its own copy fits best, as a frequency.</summary>
    private static async Task<double> PitchAsync(SpeechVoice voice)
    {
        var line = await Speaker().SpeakAsync(new SpeechRequest("Now we are all alone in the morning.", "en", voice), TestContext.Current.CancellationToken);
        var pitches = new List<double>();
        for (var at = 0; at + 2048 < line.Samples.Length; at += 1024)
        {
            if (Autocorrelation(line.Samples.AsSpan(at, 2048), 0) > 4)
                pitches.Add((double)line.SampleRateHz / Enumerable.Range(50, 260).MaxBy(lag => Autocorrelation(line.Samples.AsSpan(at, 2048), lag)));
        }

        pitches.Sort();
        return pitches[pitches.Count / 2];
    }

    private static double Autocorrelation(ReadOnlySpan<float> samples, int lag)
    {
        double sum = 0;
        for (var i = 0; i + lag < samples.Length; i++)
            sum += samples[i] * samples[i + lag];
        return sum;
    }
}
