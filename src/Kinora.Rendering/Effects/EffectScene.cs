using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects;

/// <summary>What an effect may look at when it gets ready.</summary>
/// <param name="Reading">What was found in the picture.</param>
/// <param name="Size">Size of the frames.</param>
/// <param name="Nearness">How near each part of the picture is.</param>
/// <param name="Seed">For effects with chance in them.</param>
/// <param name="ShotStartSeconds">When the shot starts in the clip.</param>
/// <param name="ShotSeconds">How long it lasts.</param>
internal sealed record EffectScene(PictureReading Reading, FrameSize Size, Plane Nearness, long Seed, double ShotStartSeconds = 0, double ShotSeconds = 5)
{
    /// <summary>1 inside, falling to 0 at the outer edges: nothing may be pulled in from beyond them.</summary>
    public static float InsideEdges(float u, float v, float width = 0.04f) =>
        Smooth.Step(0f, width, Math.Min(u, 1 - u)) * Smooth.Step(0f, width, Math.Min(v, 1 - v));
}
