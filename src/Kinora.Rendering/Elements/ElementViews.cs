using Kinora.Media;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Elements;

/// <summary>Chooses which picture of an element to show.</summary>
internal static class ElementViews
{
    /// <summary>So much less symmetric than the frontal view has to be a view that is taken for one from the side.</summary>
    private const double ClearlySideways = 0.08;

    /// <summary>
    /// The frontal picture where it can be cut out, else the first other angle that can be. Who crosses the picture is seen from the side if one of the
    /// angles is clearly less symmetric than the frontal one.
    /// </summary>
    /// <returns>The view and its number from 0, or null if none can be cut out.</returns>
    public static (ElementCover Cover, int Number)? Choose(IReadOnlyList<Image> views, ElementPath path, int threads)
    {
        var isSideways = path is ElementPath.Crosses or ElementPath.Enters && views.Count > 1;
        (ElementCover Cover, int Number)? best = null;
        for (var number = 0; number < views.Count && (best is null || isSideways); number++)
        {
            if (ElementCover.TryFind(views[number], threads) is { } cover && (best is null || cover.Symmetry() < best.Value.Cover.Symmetry() - ClearlySideways))
                best = (cover, number);
        }
        return best;
    }
}
