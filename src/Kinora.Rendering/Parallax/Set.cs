using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>A picture made ready for a moving camera: one sheet, and the subject in front of it where it could be lifted off.</summary>
/// <param name="Background">The picture, or what lies behind the subject.</param>
/// <param name="Subject">The subject, or null.</param>
internal sealed record Set(Sheet Background, SubjectLayer? Subject)
{
    /// <summary>Nearness of what the camera looks at where no subject could be lifted off.</summary>
    public const float UsualPivot = 0.35f;

    public float Pivot => Subject?.Level ?? UsualPivot;

    /// <param name="codes">The picture in code values.</param>
    /// <param name="size">Its size.</param>
    /// <param name="reading">What was found in it.</param>
    /// <param name="margin">Pixels to continue it by beyond its edges.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    /// <param name="mayLift">Whether a subject may become a layer of its own.</param>
    public static Set Build(CodePlanes codes, FrameSize size, PictureReading reading, int margin, int threads, bool mayLift = true)
    {
        if (!mayLift || !reading.Subject.IsTrusted)
            return new Set(Sheet.Create(codes, size, reading.Nearness, margin, threads), null);
        LayerSplit? split = null;
        Plane? backNearness = null, nearness = null;
        var level = 0f;
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => split = new LayerSplit(codes, size, reading),
            () =>
            {
                backNearness = Billboard.Background(reading);
                (nearness, level) = Billboard.Subject(reading, backNearness);
            });
        var behind = split!.Background(threads);
        var covered = PixelBox.Of(split.MatteAlpha, 0.004f);
        var box = covered.Grown(16, size.Width, size.Height);
        var subject = split.Foreground(behind, box, threads);
        var alpha = new Texture(size.Width, size.Height);
        var scaled = new float[size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < scaled.Length; x++)
                scaled[x] = split.MatteAlpha[x, y] * 255;
            alpha.SetRow(y, scaled);
        }
        alpha.ExtendEdges();
        var layer = new SubjectLayer(Sheet.CreatePart(subject, box, nearness!, threads), alpha, covered, level);
        return new Set(Sheet.Create(behind, size, backNearness!, margin, threads), layer);
    }
}
