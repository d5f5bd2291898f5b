using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Direction;

/// <summary>What prompts become, as <c>move heading</c> in order; a slash joins moves of the same moment, an arrow puts them after each other.</summary>
public sealed class MovePlanTests
{
    [Theory]
    // The documented examples of the three endpoints.
    [InlineData("The character walks forward slowly, with the camera following from behind.", "dolly in")]
    [InlineData("Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel.", "orbit right")]
    [InlineData("He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody.", "dolly in")]
    // Every move, in several words and inflections.
    [InlineData("push in", "dolly in")]
    [InlineData("The camera is pushing slowly in", "dolly in")]
    [InlineData("slow dolly-in on her face", "dolly in")]
    [InlineData("dolly out to reveal the valley", "dolly out")]
    [InlineData("camera pulls back slowly", "dolly out")]
    [InlineData("the camera moves closer", "dolly in")]
    [InlineData("the camera retreats", "dolly out")]
    [InlineData("zoom in", "zoom in")]
    [InlineData("zooming slowly out", "zoom out")]
    [InlineData("crash zoom on the eyes", "zoom in")]
    [InlineData("dolly zoom", "vertigo in")]
    [InlineData("a vertigo effect", "vertigo in")]
    [InlineData("pan left", "pan left")]
    [InlineData("The camera pans to the right across the valley", "pan right")]
    [InlineData("slow panning shot from left to right", "pan right")]
    [InlineData("whip pan left", "pan left")]
    [InlineData("tilt up", "tilt up")]
    [InlineData("the camera tilts downward", "tilt down")]
    [InlineData("pan up to the sky", "tilt up")]
    [InlineData("crane up over the rooftops", "crane up")]
    [InlineData("the camera rises", "crane up")]
    [InlineData("the camera slowly descends", "crane down")]
    [InlineData("aerial shot of a city", "crane up")]
    [InlineData("drone footage, flying over fields", "crane up")]
    [InlineData("crane shot, the camera slowly descends", "crane down")]
    [InlineData("a crane shot", "crane up")]
    [InlineData("tracking shot to the left", "truck left")]
    [InlineData("the camera trucks right", "truck right")]
    [InlineData("slider shot", "truck right")]
    [InlineData("the camera slides left", "truck left")]
    [InlineData("orbit left around the statue", "orbit left")]
    [InlineData("arc shot", "orbit right")]
    [InlineData("the camera circles the monument counterclockwise", "orbit left")]
    [InlineData("dutch angle", "roll right")]
    [InlineData("the camera rolls left", "roll left")]
    [InlineData("handheld", "drift ? / handheld")]
    [InlineData("handheld shot, push in", "dolly in / handheld")]
    [InlineData("static camera", "static")]
    [InlineData("locked-off tripod shot of a lake", "static")]
    [InlineData("the camera remains still while leaves fall", "static")]
    // Sequences.
    [InlineData("slowly pushes in, then tilts up", "dolly in > tilt up")]
    [InlineData("slow dolly-in, then a gentle pan right", "dolly in > pan right")]
    [InlineData("pan left → zoom in", "pan left > zoom in")]
    [InlineData("pan left followed by a crane up and finally zoom out", "pan left > crane up > zoom out")]
    [InlineData("zoom in and pan right", "zoom in / pan right")]
    [InlineData("push in while tilting up", "dolly in / tilt up")]
    [InlineData("pan left and pan right", "pan left > pan right")]
    [InlineData("zoom in, zoom out", "zoom in > zoom out")]
    // Words that mean something else.
    [InlineData("a crane flies over the river", "drift ?")]
    [InlineData("an egg sizzles in a pan on the stove", "drift ?")]
    [InlineData("she tilts her head and smiles", "drift ?")]
    [InlineData("thunder rolls over the hills", "drift ?")]
    [InlineData("a train on its track", "drift ?")]
    [InlineData("the smoke rises", "drift ?")]
    [InlineData("a truck drives past", "drift ?")]
    [InlineData("waves move in slow motion", "drift ?")]
    [InlineData("", "drift ?")]
    [InlineData("🌸✨ مرحبا", "drift ?")]
    // Negation.
    [InlineData("no zoom", "drift ?")]
    [InlineData("push in, no pan", "dolly in")]
    [InlineData("no zoom, pan or shake, just push in", "dolly in")]
    [InlineData("without zooming, the camera pans left", "pan left")]
    [InlineData("no camera movement", "static")]
    [InlineData("the camera does not move", "static")]
    [InlineData("don't move the camera", "static")]
    [InlineData("never zoom; tilt down", "tilt down")]
    // Chinese.
    [InlineData("镜头缓缓推近", "dolly in")]
    [InlineData("镜头拉远", "dolly out")]
    [InlineData("镜头环绕花瓶", "orbit right")]
    [InlineData("镜头向左摇", "pan left")]
    [InlineData("固定镜头，树叶摇曳", "static")]
    [InlineData("镜头上升，航拍城市", "crane up")]
    [InlineData("无人机航拍，镜头缓缓下降", "crane down")]
    [InlineData("无人机从高空降落", "crane down")]
    [InlineData("无人机向前飞过峡谷", "dolly in")]
    [InlineData("无人机环绕城堡拍摄", "orbit right")]
    [InlineData("无人机鸟瞰城市，缓慢爬升", "crane up")]
    [InlineData("升降镜头，缓缓下降", "crane down")]
    [InlineData("摇臂镜头从屋顶下降到街道", "crane down")]
    [InlineData("无人机", "crane up")]
    [InlineData("希区柯克变焦", "vertigo in")]
    [InlineData("先推近，然后向右摇", "dolly in > pan right")]
    [InlineData("不要变焦，镜头右移", "truck right")]
    [InlineData("手持镜头跟拍", "truck right / handheld")]
    [InlineData("镜头先向左平移，再缓缓拉远", "truck left > dolly out")]
    [InlineData("镜头保持静止，只有雪花飘落", "static")]
    [InlineData("没有镜头移动", "static")]
    [InlineData("镜头绕着雕像逆时针旋转", "orbit left")]
    [InlineData("快速变焦推近眼睛", "zoom in")]
    [InlineData("A slow cinematic dolly in toward the subject, subtle handheld movement", "dolly in / handheld")]
    [InlineData("hyperlapse down the avenue", "dolly in")]
    [InlineData("bullet time, the camera circles him", "orbit right")]
    [InlineData("The camera holds still, then whips to the right", "static > pan right")]
    [InlineData("FPV drone shot flying forward through the canyon", "dolly in")]
    [InlineData("POV walking through the forest, handheld", "drift ? / handheld")]
    [InlineData("She walks toward us as the camera pulls back", "dolly out")]
    [InlineData("no camera shake, push in", "dolly in")]
    [InlineData("Do not zoom. Do not pan. Tilt up.", "tilt up")]
    [InlineData("PUSH IN!!! 🚀🚀", "dolly in")]
    [InlineData("الكاميرا تتحرك ببطء", "drift ?")]
    [InlineData("slow push in ← not out", "dolly in")]
    public void A_prompt_becomes_the_moves_it_names(string prompt, string expected) => Assert.Equal(expected, Summary(Plan(prompt)));

    [Theory]
    [InlineData("slowly pan left", 0.6)]
    [InlineData("pan left", 1.0)]
    [InlineData("quickly pan left", 1.6)]
    [InlineData("a dramatic pan left", 1.4)]
    [InlineData("pan left in slow motion", 1.0)]
    [InlineData("镜头缓慢左摇", 0.6)]
    public void Words_of_pace_scale_the_amount(string prompt, double amount) => Assert.Equal(amount, Plan(prompt)[0].Amount, 3);

    [Theory]
    [InlineData("shaky, handheld, camera shake", "handheld", "drift ?")]
    [InlineData("zoom", "zoom in and pan left", "pan left")]
    [InlineData("blur, distort, and low quality", "handheld push in", "dolly in / handheld")]
    [InlineData("camera movement", "a lake", "static")]
    [InlineData("static", "static shot", "drift ?")]
    public void The_negative_prompt_forbids_what_it_names(string negative, string prompt, string expected)
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), prompt, 5) with { NegativePrompt = negative };

        Assert.Equal(expected, Summary(Director.Plan(brief, s_picture).Shots[0].Moves));
    }

    [Fact]
    public void Steps_share_the_shot_and_overlap_a_little()
    {
        var moves = Plan("push in, then tilt up");

        Assert.Equal(0, moves[0].Start);
        Assert.Equal(1, moves[1].End);
        Assert.InRange(moves[0].End - moves[1].Start, 0.05, 0.2);
    }

    [Fact]
    public void A_plan_prints_what_it_will_do_and_why()
    {
        var plan = Director.Plan(Clips.Brief(Clips.Blobs(64, 64), "The camera slowly pushes in", 5), s_picture);

        Assert.Contains("camera: dolly in x0.60 smooth 0-100% (\"pushes in\")", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_of_2500_characters_is_read_to_its_end()
    {
        var prompt = string.Concat(Enumerable.Repeat("A quiet lake at dawn with mist. ", 76)) + "The camera pans left.";

        Assert.Equal("pan left", Summary(Plan(prompt)));
    }

    private static readonly PictureReading s_picture = PictureReading.Of(Clips.Blobs(64, 64), 1);

    private static IReadOnlyList<MovePlan> Plan(string prompt) => Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, 5), s_picture).Shots[0].Moves;

    private static string Summary(IReadOnlyList<MovePlan> moves)
    {
        var steps = moves.GroupBy(move => move.Move == "handheld" ? 0 : move.Start).OrderBy(group => group.Key);
        return string.Join(" > ", steps.Select(step => string.Join(" / ", step.Select(Name))));
    }

    // Which way the default move goes depends on the picture.
    private static string Name(MovePlan move) =>
        move.Heading == Heading.None ? move.Move : $"{move.Move} {(move.Move == "drift" ? "?" : move.Heading.ToString().ToLowerInvariant())}";
}
