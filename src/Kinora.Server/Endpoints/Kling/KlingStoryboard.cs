using System.Globalization;
using Kinora.Server.Endpoints.Fields;
using Kinora.Server.Engines;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>What happens in a clip: one prompt, or a storyboard of shots with a prompt and a length each.</summary>
internal static class KlingStoryboard
{
    private static readonly TimeSpan s_minLength = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_maxLength = TimeSpan.FromSeconds(15);

    private static readonly TextField s_shotPrompt = new("prompt")
    {
        Description = "What happens in this shot.",
        IsRequired = true,
        MaxLength = KlingFields.MaxPromptLength,
    };

    private static readonly EnumField s_shotDuration = new("duration")
    {
        Description = "Length of this shot in seconds.",
        Options = KlingFields.SecondsFrom(1),
        Default = "5",
    };

    private static readonly ObjectField<ShotBrief> s_shot = new("KlingV3MultiPromptElement")
    {
        Fields = [s_shotPrompt, s_shotDuration],
        Build = shot => new ShotBrief(shot.Get(s_shotPrompt)!, KlingFields.ToDuration(shot.Get(s_shotDuration)!)),
    };

    /// <summary>The storyboard.</summary>
    public static ListField<ShotBrief> MultiPrompt { get; } = new("multi_prompt", s_shot)
    {
        Description = "Storyboard of 1 to 6 shots, each with its own prompt and length; together 3 to 15 seconds. Give either `prompt` or `multi_prompt`, not both.",
        MinItems = 1,
        MaxItems = 6,
        Examples = [null],
        Capability = "Multi-shot storyboard",
    };

    /// <summary>The shots fit into the lengths that a clip can have.</summary>
    public static InputRule FitsClip { get; } = new([MultiPrompt], input => TotalOf(input.Get(MultiPrompt)) switch
    {
        null => null,
        { } total when total > s_maxLength => Tell(total, "at most", s_maxLength),
        { } total when total < s_minLength => Tell(total, "at least", s_minLength),
        _ => null,
    })
    {
        At = MultiPrompt,
    };

    /// <summary>A prompt and a storyboard exclude each other.</summary>
    public static InputRule NotBoth(TextField prompt) => new([prompt, MultiPrompt], input =>
        HasPrompt(input, prompt) && input.IsGiven(MultiPrompt) ? "Either prompt or multi_prompt must be provided, but not both" : null);

    /// <summary>There is a prompt or a storyboard, and not both.</summary>
    public static InputRule EitherOr(TextField prompt) => new([prompt, MultiPrompt], input =>
        HasPrompt(input, prompt) == input.IsGiven(MultiPrompt) ? "Either prompt or multi_prompt must be provided, but not both" : null);

    /// <summary>The shots of a clip: the storyboard's, or a single one.</summary>
    public static IReadOnlyList<ShotBrief> ShotsOf(InputValues input, TextField prompt, EnumField duration) =>
        input.Get(MultiPrompt) ?? [new ShotBrief(input.Get(prompt) ?? "", KlingFields.ToDuration(input.Get(duration)!))];

    /// <summary>Whether the engine may cut: it was allowed to, and there is no storyboard to keep to.</summary>
    public static bool MayCut(InputValues input) => input.Get(KlingFields.ShotType) == "intelligent" && !input.IsGiven(MultiPrompt);

    /// <summary>Forms send an empty prompt for one that was left blank, so only one with words in it counts.</summary>
    private static bool HasPrompt(InputValues input, TextField prompt) => !string.IsNullOrWhiteSpace(input.Get(prompt));

    private static TimeSpan? TotalOf(IReadOnlyList<ShotBrief>? shots) => shots?.Aggregate(TimeSpan.Zero, (sum, shot) => sum + shot.Duration);

    private static string Tell(TimeSpan total, string bound, TimeSpan limit) =>
        string.Create(CultureInfo.InvariantCulture, $"Total duration of the shots must be {bound} {limit.TotalSeconds} seconds, got {total.TotalSeconds}");
}
