using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Direction;

/// <summary>What prompts sound like: beds | events | music | speech; parts that are empty are left out.</summary>
public sealed class SoundPlanTests
{
    [Theory]
    // The documented examples of the three endpoints.
    [InlineData("The character walks forward slowly, with the camera following from behind.", "default | footsteps")]
    [InlineData("Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel.", "wind")]
    [InlineData("He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody.", "default")]
    // Every bed, English and Chinese.
    [InlineData("it is raining", "rain")]
    [InlineData("a drizzle over the rooftops", "rain city")]
    [InlineData("细雨落在屋檐", "rain")]
    [InlineData("thunder rolls in the distance", "thunder")]
    [InlineData("a thunderstorm at sea", "thunder waves rain")]
    [InlineData("闪电划过天空", "thunder")]
    [InlineData("waves crash on the beach", "waves")]
    [InlineData("海浪拍打沙滩", "waves")]
    [InlineData("a river runs through the valley", "stream")]
    [InlineData("a waterfall in the jungle", "stream birds")]
    [InlineData("小溪流过山谷", "stream wind")]
    [InlineData("a calm lake with ripples", "lapping")]
    [InlineData("湖面泛起涟漪", "lapping")]
    [InlineData("a strong wind blows", "wind")]
    [InlineData("snow falls on the mountain", "wind")]
    [InlineData("微风吹过草原", "wind")]
    [InlineData("a campfire burns", "fire")]
    [InlineData("篝火在燃烧", "fire")]
    [InlineData("birds sing in the forest", "birds")]
    [InlineData("森林里的鸟鸣", "birds")]
    [InlineData("crickets on a summer night", "night")]
    [InlineData("夜晚的虫鸣", "night")]
    [InlineData("a neon city at night", "city night")]
    [InlineData("城市的街道", "city")]
    [InlineData("cars on the highway", "traffic")]
    [InlineData("高速公路上的车流", "traffic")]
    [InlineData("a crowd in the market", "crowd")]
    [InlineData("热闹的集市", "crowd")]
    [InlineData("an old library", "room")]
    [InlineData("安静的房间", "room")]
    [InlineData("machines in a factory", "machinery")]
    [InlineData("工厂里的机器", "machinery")]
    [InlineData("a diver swims over a coral reef", "underwater")]
    [InlineData("海底的珊瑚", "underwater")]
    [InlineData("an astronaut drifts in outer space", "space")]
    [InlineData("飞船穿过星云", "space")]
    // Events.
    [InlineData("she walks through the forest", "birds | footsteps")]
    [InlineData("他在街道上奔跑", "city | footsteps")]
    [InlineData("a horse gallops along the shore", "waves | hooves")]
    [InlineData("a rock crashes into the ground", "default | impact")]
    [InlineData("the volcano explodes", "default | explosion")]
    [InlineData("the vase shatters", "default | glass")]
    [InlineData("someone knocks at the door", "default | knock")]
    [InlineData("the old door creaks", "default | door")]
    [InlineData("a dog splashes in the river", "stream | splash")]
    [InlineData("church bells ring over the town", "city | bell")]
    [InlineData("寺庙传来钟声", "default | bell")]
    [InlineData("the clock ticks in the room", "room | clock")]
    [InlineData("she takes a photo", "default | shutter")]
    [InlineData("他拍照", "default | shutter")]
    [InlineData("the audience applauds", "crowd | applause")]
    [InlineData("whip pan to the left", "default | whoosh")]
    // Music.
    [InlineData("a beach with calm music", "waves | calm music")]
    [InlineData("epic orchestral music, a castle", "default | epic music")]
    [InlineData("ominous soundtrack", "default | dark music")]
    [InlineData("雪山，欢快的音乐", "wind | bright music")]
    [InlineData("a man plays the piano", "default | calm music")]
    // Denials.
    [InlineData("a city street, no music", "city")]
    [InlineData("the sea without wind", "waves")]
    [InlineData("海边，不要音乐", "waves")]
    [InlineData("a crowd, no sound", "silence")]
    [InlineData("静音，城市街道", "silence")]
    [InlineData("no footsteps, she walks on the beach", "waves")]
    // Words that mean something else.
    [InlineData("bird's eye view of a desert", "wind")]
    [InlineData("she waves her hand", "default")]
    [InlineData("crash zoom on the face", "default | whoosh")]
    [InlineData("a sea of people's faces", "default")]
    [InlineData("a sign that says \"Rain City Market\"", "default")]
    [InlineData("", "default")]
    [InlineData("🌸✨ مرحبا", "default")]
    // Speech.
    [InlineData("The old man says \"Good evening.\"", "default | en old man: Good evening.")]
    [InlineData("A little girl whispers: “I saw a whale!”", "default | en girl whispering: I saw a whale!")]
    [InlineData("\"It will rain,\" she says.", "default | en woman: It will rain,")]
    [InlineData("小女孩说：“你好，大海！”", "default | zh girl: 你好，大海！")]
    [InlineData("老爷爷说：今天真好。", "default | zh old man: 今天真好。")]
    [InlineData("他喊道「快跑」", "default | zh man: 快跑")]
    [InlineData("The narrator says: Long ago, in a forest. Rain falls.", "rain | en voice: Long ago, in a forest.")]
    [InlineData("A woman says in French \"Bonjour\" and a boy replies \"Hello\"", "default | fr woman: Bonjour / en boy: Hello")]
    [InlineData("Der Mann sagt „Schöne Grüße“", "default | de voice: Schöne Grüße")]
    [InlineData("a boy shouts \"Wait\", no voice", "default")]
    public void A_prompt_becomes_the_sounds_it_names(string prompt, string expected) => Assert.Equal(expected, Summary(Plan(prompt)));

    [Theory]
    [InlineData("music", "rain, soft music", "rain")]
    [InlineData("voices, talking", "a man says \"Hello\" in the rain", "rain")]
    [InlineData("rain", "rain in the city", "city")]
    [InlineData("background noise", "she walks in the city", " | footsteps")]
    [InlineData("sound effects", "she walks in the city", "city")]
    [InlineData("sound", "she walks in the city", "silence")]
    [InlineData("不要音乐，人声", "海边，她说“你好”，轻柔的音乐", "waves")]
    [InlineData("blur, distort, noise, and low quality", "rain, soft music", "rain | calm music")]
    public void The_negative_prompt_mutes_what_it_names(string negative, string prompt, string expected) =>
        Assert.Equal(expected, Summary(Plan(prompt, negative)));

    [Fact]
    public void Steps_of_a_sequence_sound_one_after_another()
    {
        var events = Plan("a man walks to the house, then knocks at the door", seconds: 6).Events;

        Assert.Equal(["footsteps", "knock"], events.Select(sound => sound.Sound));
        Assert.Equal(3, events[0].EndSeconds, 2);
        Assert.InRange(events[1].StartSeconds, 3, 4.5);
    }

    [Fact]
    public void Each_shot_has_its_ambience_and_one_without_words_keeps_the_last()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "", 1) with
        {
            Shots = [new Shot("the beach", TimeSpan.FromSeconds(2)), new Shot("her face", TimeSpan.FromSeconds(2)), new Shot("a fire on the left", TimeSpan.FromSeconds(2))],
            GenerateAudio = true,
        };
        var beds = Director.Plan(brief, s_picture).Sound!.Beds;

        Assert.Equal([("waves", 0.0, 4.0), ("fire", 4.0, double.PositiveInfinity)], beds.Select(bed => (bed.Bed, bed.StartSeconds, bed.EndSeconds)));
        Assert.True(beds[1].Pan < -0.3);
    }

    [Fact]
    public void A_whip_pan_rushes_past_the_other_way_early_in_its_move()
    {
        var whoosh = Assert.Single(Plan("whip pan left").Events);

        Assert.True(whoosh.PanStart < -0.5 && whoosh.PanEnd > 0.5);
        Assert.InRange((whoosh.StartSeconds + whoosh.EndSeconds) / 2, 0.2, 1.5);
    }

    [Fact]
    public void Louder_words_come_first_and_distant_ones_step_back()
    {
        Assert.Equal(["fire", "rain"], Plan("heavy fire, distant rain").Beds.Select(bed => bed.Bed));
        Assert.True(Plan("a fire with distant rain").Beds[1].Level < Plan("a fire with rain").Beds[1].Level);
    }

    [Fact]
    public void Speech_without_a_speaker_is_noted_and_printed()
    {
        var plan = Director.Plan(Clips.Brief(Clips.Blobs(64, 64), "She says \"Hello.\"", 5) with { GenerateAudio = true }, s_picture);

        Assert.Contains(plan.Notes, note => note.Contains("espeak-ng", StringComparison.Ordinal));
        Assert.Contains("\"Hello.\" en, woman", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_of_2500_characters_full_of_marks_is_read()
    {
        var prompt = string.Concat(Enumerable.Repeat("\"“「 rain says: ", 150)) + " the sea";

        Assert.NotEmpty(Plan(prompt).Beds);
    }

    private static readonly PictureReading s_picture = PictureReading.Of(Clips.Blobs(64, 64), 1);

    private static SoundPlan Plan(string prompt, string? negative = null, double seconds = 5) =>
        Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, seconds) with { GenerateAudio = true, NegativePrompt = negative }, s_picture).Sound!;

    private static string Summary(SoundPlan plan)
    {
        var beds = string.Join(" ", plan.Beds.Select(bed => bed.Source is "open sky" or "no sky" ? "default" : bed.Bed));
        var events = string.Join(" ", plan.Events.Select(sound => sound.Sound).Distinct());
        string[] parts = [events, plan.Music is null ? "" : plan.Music.Mood + " music", string.Join(" / ", plan.Speech.Select(Line))];
        var text = string.Join(" | ", parts.Where(part => part.Length > 0).Prepend(beds));
        return text.Length == 0 ? "silence" : text;
    }

    private static string Line(SpeechPlan line) => $"{line.Language} {line.ToString().Split(", ").First(s_names.Contains)}: {line.Text}";

    private static readonly HashSet<string> s_names =
        ["voice", "man", "woman", "boy", "girl", "child", "old man", "old woman", "old voice", "girl whispering", "woman whispering", "man whispering"];
}
