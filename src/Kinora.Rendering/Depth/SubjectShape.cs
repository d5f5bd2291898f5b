using Kinora.Rendering.Depth.Faces;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>Makes one clean shape of a soft guess.</summary>
internal static class SubjectShape
{
    /// <summary>The part that stands out most, others at least a quarter of its size and those with a face, small holes filled.</summary>
    public static Plane MainParts(Plane guess, Plane saliency, IReadOnlyList<Face>? faces = null)
    {
        var parts = Components.Find(guess, i => guess.Values[i] >= 0.5f);
        var mask = new Plane(guess.Width, guess.Height);
        if (parts.Count == 0)
            return mask;
        var main = parts.MaxBy(part => part.Sum(i => (double)saliency.Values[i]))!;
        var heads = (faces ?? []).Select(face => (int)(face.V * mask.Height) * mask.Width + (int)(face.U * mask.Width)).ToList();
        foreach (var part in parts.Where(part => ReferenceEquals(part, main) || part.Count > main.Count / 4 || heads.Exists(part.Contains)))
        {
            foreach (var i in part)
                mask.Values[i] = 1;
        }
        FillHoles(mask);
        return BoxFilter.Mean(mask, 1).Map(value => value > 0.5f ? 1 : 0);
    }

    /// <summary>Closes narrow gaps and takes in small pieces that hang on the subject and are not sky: noses, eaves, hats.</summary>
    public static Plane Close(Plane mask, Sky sky)
    {
        var grown = BoxFilter.Mean(mask, 3).Map(value => value > 0.001f ? 1 : 0);
        var closed = BoxFilter.Mean(grown, 3);
        for (var i = 0; i < mask.Length; i++)
        {
            if (closed.Values[i] > 0.999f && sky.Mask.Values[i] < 0.4f)
                mask.Values[i] = 1;
        }
        var area = mask.Values.Count(value => value > 0.5f);
        foreach (var piece in Components.Find(mask, i => mask.Values[i] < 0.5f && sky.Mask.Values[i] <= 0.5f))
        {
            if (piece.Count < 0.10 * area && HangsOn(piece, mask, sky))
            {
                foreach (var i in piece)
                    mask.Values[i] = 1;
            }
        }
        return Open(mask);
    }

    /// <summary>Takes off what is thinner than three pixels.</summary>
    public static Plane Open(Plane mask)
    {
        var thin = BoxFilter.Mean(mask, 1).Map(value => value > 0.999f ? 1 : 0);
        return BoxFilter.Mean(thin, 1).Map(value => value > 0.001f ? 1 : 0);
    }

    private static void FillHoles(Plane mask)
    {
        var holes = Components.Find(mask, i => mask.Values[i] < 0.5f).Where(part => !part.Exists(i => IsOnBorder(mask, i))).ToList();
        if (holes.Sum(hole => hole.Count) >= 0.03 * mask.Length)
            return;
        foreach (var i in holes.SelectMany(hole => hole))
            mask.Values[i] = 1;
    }

    private static bool HangsOn(List<int> piece, Plane mask, Sky sky)
    {
        int onSubject = 0, onSky = 0, onBorder = 0;
        foreach (var at in piece)
        {
            int x = at % mask.Width, y = at / mask.Width;
            Look(x > 0, at - 1, 1);
            Look(x < mask.Width - 1, at + 1, 1);
            Look(y > 0, at - mask.Width, 1);
            Look(y < mask.Height - 1, at + mask.Width, 3);
        }
        double all = onSubject + onSky + onBorder;
        return onSubject > 0.04 * all && onBorder < 0.25 * all;

        void Look(bool exists, int at, int borderWeight)
        {
            if (!exists)
                onBorder += borderWeight;
            else if (mask.Values[at] > 0.5f)
                onSubject++;
            else if (sky.Mask.Values[at] > 0.5f)
                onSky++;
        }
    }

    private static bool IsOnBorder(Plane plane, int at)
    {
        int x = at % plane.Width, y = at / plane.Width;
        return x == 0 || y == 0 || x == plane.Width - 1 || y == plane.Height - 1;
    }
}
