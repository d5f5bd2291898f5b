using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects.Lens;
using Kinora.Rendering.Effects.Light;
using Kinora.Rendering.Effects.Look;
using Kinora.Rendering.Effects.Motion;
using Kinora.Rendering.Effects.Particles;

namespace Kinora.Rendering.Effects;

/// <summary>All effects there are, in the order in which they are applied: what bends the picture, then the air, then light, then what shines
/// in the dark, then the look of the film.</summary>
internal static class EffectCatalog
{
    public static IReadOnlyList<IEffect> All { get; } =
    [
        new SwayEffect(),
        new BreatheEffect(),
        new RippleEffect(),
        new CloudsEffect(),
        new StreamEffect(),
        new MotionBlurEffect(),
        new FocusEffect(),
        new FogEffect(),
        new SteamEffect(),
        new RaysEffect(),
        new RainEffect(),
        new SnowEffect(),
        new DustEffect(),
        new LeavesEffect(),
        new PetalsEffect(),
        new ConfettiEffect(),
        new BubblesEffect(),
        new LightShiftEffect(),
        new FlickerEffect(),
        new DaylightEffect(),
        new LightningEffect(),
        new StarsEffect(),
        new EmbersEffect(),
        new SparksEffect(),
        new FirefliesEffect(),
        new BloomEffect(),
        new MonochromeEffect(),
        new VintageEffect(),
        new VignetteEffect(),
        new GrainEffect(),
        new FadeEffect(),
    ];

    /// <summary>Plans in the order in which they are applied.</summary>
    public static List<EffectPlan> InOrder(IEnumerable<EffectPlan> plans)
    {
        var order = All.Select(effect => effect.Name).ToList();
        return [.. plans.OrderBy(plan => order.IndexOf(plan.Effect))];
    }

    public static IEffect Named(string name) => All.First(effect => effect.Name == name);
}
