using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Look;

/// <summary>
/// Depth of field: what is farther or nearer than the subject goes out of focus in the first second; the ground under it stays sharp. A focus pull then lets
/// the background come up while the subject goes soft. The blurred picture leaves the subject out, so that it does not glow around its own silhouette.
/// </summary>
internal sealed class FocusEffect : IEffect
{
    private const int Radius = 5;

    public const string EffectName = "focus";

    public string Name => EffectName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("depth of field"), new("shallow depth of field", Amount: 1.2), new("shallow focus", Amount: 1.2), new("bokeh", Amount: 1.2), new("blurred background"), new("blurry background"), new("background blur"), new("background out of focus"), new("soft background"),
        new("tilt shift", Amount: 1.3), new("rack focus"), new("focus pull"), new("pull focus"), new("pulling focus"), new("focus shift"), new("shift focus"), new("shift in focus"), new("focus change"),
        new("景深"), new("浅景深", Amount: 1.2), new("背景虚化"), new("虚化"), new("散景"), new("移焦"), new("变焦点"), new("焦点转移"), new("焦点从"), new("拉焦"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var reading = scene.Reading;
        var subject = BoxFilter.Mean(SubjectOf(reading), 1);
        var sharp = FocusNearness(scene.Nearness, subject);
        var away = new Plane(subject.Width, subject.Height);
        for (var y = 0; y < away.Height; y++)
        {
            for (var x = 0; x < away.Width; x++)
            {
                var distance = Math.Abs(scene.Nearness.SampleAt((x + 0.5f) / away.Width, (y + 0.5f) / away.Height) - sharp);
                away[x, y] = (0.25f + 0.75f * Smooth.Step(0.02f, 0.22f, distance)) * (reading.Subject.IsTrusted ? 1 : 1 - subject[x, y]);
            }
        }
        var strength = (float)Math.Clamp(plan.Strength * 0.85, 0.3, 1);
        // With a rim around it: hair that the mask just misses must not glow.
        var behind = new SoftPicture(reading.Picture, BoxFilter.Mean(subject, 3).Map(value => 1 - value), Radius, BoxFilter.Blur(away, 2));
        var front = IsPull(plan.Source) ? new SoftPicture(reading.Picture, null, Radius, BoxFilter.Blur(subject, 3)) : null;
        return new Prepared(behind, front, strength, scene);
    }

    private static bool IsPull(string source) =>
        source.Contains("rack", StringComparison.Ordinal) || source.Contains("pull", StringComparison.Ordinal) || source.Contains("shift", StringComparison.Ordinal) && !source.Contains("tilt", StringComparison.Ordinal)
        || source.Contains("chang", StringComparison.Ordinal) || source.Contains('焦');

    private static Plane SubjectOf(PictureReading reading) =>
        reading.Subject.IsTrusted ? reading.Subject.Mask : BoxFilter.Blur(reading.Saliency.Map(value => Smooth.Step(0.3f, 0.55f, value)), 6);

    // Where the subject stands: the nearness under its lowest tenth.
    private static float FocusNearness(Plane nearness, Plane subject)
    {
        var box = PixelBox.Of(subject, 0.5f);
        if (box.Right <= box.Left)
            return 0.5f;
        float u = (box.Left + box.Right) / 2f / subject.Width, v = (box.Bottom - 0.05f * (box.Bottom - box.Top)) / subject.Height;
        return nearness.SampleAt(u, v);
    }

    private sealed class Prepared(SoftPicture behind, SoftPicture? front, float strength, EffectScene scene) : IUnderlay, IOverlay
    {
        public IOverlayFrame Under(SourceGrid grid, EffectMoment moment) => new SoftFrame(behind, grid, strength * (float)moment.Envelope * (1 - Pulled(moment)));

        public IOverlayFrame At(SourceGrid grid, EffectMoment moment) => new SoftFrame(front ?? behind, grid, front is null ? 0 : strength * (float)moment.Envelope * Pulled(moment));

        // A pull happens in the middle of the shot.
        private float Pulled(EffectMoment moment) =>
            front is null ? 0 : (float)Smooth.Step(scene.ShotStartSeconds + 0.42 * scene.ShotSeconds, scene.ShotStartSeconds + 0.72 * scene.ShotSeconds, moment.ClipSeconds);
    }
}
