using Kinora.Media;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Effects.Particles;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>An element in the scene: it stands on a point of the picture and follows the camera with it, moves along its path, and casts a soft shadow.</summary>
/// <param name="look">What it looks like at a moment of the scene, in seconds; all sprites have the same aspect.</param>
/// <param name="plan">Where and how.</param>
/// <param name="shotStart">When its shot starts, in seconds.</param>
/// <param name="shotSeconds">How long its shot lasts.</param>
internal sealed class ElementOverlay(Func<double, ElementSprite> look, ElementPlan plan, double shotStart, double shotSeconds) : IOverlay
{
    private const int Steps = 6;

    /// <summary>A long animal is not as tall as a person: its width is limited too, in frame widths.</summary>
    private const float MostWidth = 0.42f;

    public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
    {
        var time = Math.Clamp((moment.ClipSeconds - shotStart) / shotSeconds, 0, 1);
        var sprite = look(moment.Seconds);
        var (u, v, fade) = Place(time, moment.Seconds);
        var (x, y, scale) = OnScreen(grid, (float)(u * grid.Size.Width), (float)(v * grid.Size.Height));
        var height = Math.Min((float)(plan.Height * grid.Size.Height), MostWidth * grid.Size.Width / sprite.Aspect) * scale;
        var opacity = (float)(moment.Envelope * fade);
        var flies = plan.V < 0.6;
        var element = new ElementFrame(sprite, x - height * sprite.Aspect / 2, flies ? y - height / 2 : y - height, height, opacity);
        if (flies)
            return element;
        var shadow = new Sprite(x, y - 0.01f * height, 0.05f * height, 0.32f * height * sprite.Aspect + 0.06f * height, 1, 0, 0.5f * opacity, (16, 128, 128));
        return new Overlays(new ParticleFrame([shadow], 1), element);
    }

    private (double U, double V, double Fade) Place(double time, double seconds)
    {
        var sign = plan.Heading == Heading.Left ? -1.0 : 1.0;
        var eased = Smooth.Step(0, 1, time);
        var half = plan.Height * 0.4;
        return plan.Path switch
        {
            ElementPath.Enters => (plan.U + sign * (plan.U + half) * (Smooth.Step(0, 0.6, time) - 1) * (sign > 0 ? 1 : (1 - plan.U + half) / (plan.U + half)), plan.V + Bob(seconds, time < 0.6), 1),
            ElementPath.Crosses => (0.5 + sign * (time - 0.5) * (1 + 2 * half), plan.V + Bob(seconds, plan.V > 0.6), 1),
            ElementPath.Rises => (plan.U + 0.01 * Math.Sin(seconds), plan.V + 0.25 - 0.45 * eased, 1),
            ElementPath.Falls => (plan.U + 0.01 * Math.Sin(seconds), plan.V - 0.5 * (1 - eased), 1),
            ElementPath.Floats => (plan.U + 0.015 * Math.Sin(0.7 * seconds), plan.V + 0.012 * Math.Sin(1.1 * seconds), 1),
            _ => (plan.U, plan.V, 1),
        };
    }

    // Somebody who walks goes up and down a little.
    private double Bob(double seconds, bool walks) => walks ? -0.006 * plan.Height * Math.Abs(Math.Sin(Math.PI * 1.8 * seconds)) : 0;

    // Where the screen shows a point of the picture, and how large things are there: Newton's method on the grid, which goes the other way.
    private static (float X, float Y, float Scale) OnScreen(SourceGrid grid, float pictureX, float pictureY)
    {
        float x = pictureX, y = pictureY;
        for (var step = 0; step < Steps; step++)
        {
            var (shownX, shownY) = Shown(grid, x, y);
            (x, y) = (x + 0.95f * (pictureX - shownX), y + 0.95f * (pictureY - shownY));
        }
        var (left, _) = Shown(grid, x - 20, y);
        var (right, _) = Shown(grid, x + 20, y);
        return (x, y, 40 / Math.Max(8, right - left));
    }

    // Beyond the grid the picture is taken to go on as it is at the edge.
    private static (float X, float Y) Shown(SourceGrid grid, float x, float y)
    {
        float column = Math.Clamp(x / SourceGrid.CellPixels, 0, grid.Columns - 1.001f), row = Math.Clamp(y / SourceGrid.CellPixels, 0, grid.Rows - 1.001f);
        int at = (int)row * grid.Stride + (int)column;
        float fx = column - (int)column, fy = row - (int)row;
        float Mix(float[] plane)
        {
            var upper = plane[at] + (plane[at + 1] - plane[at]) * fx;
            var lower = plane[at + grid.Stride] + (plane[at + grid.Stride + 1] - plane[at + grid.Stride]) * fx;
            return upper + (lower - upper) * fy;
        }
        return (Mix(grid.X) + x - column * SourceGrid.CellPixels, Mix(grid.Y) + y - row * SourceGrid.CellPixels);
    }
}
