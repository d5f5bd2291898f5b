using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Chooses the part of the picture a shot shows. The first shot starts on the whole start image whatever its words say; later ones follow
/// their words, or alternate so that a cut is seen as one.
/// </summary>
internal static class FramingChoice
{
    private static readonly Lexicon Words = new(
    [
        ("detail", [new("extreme close up"), new("extreme closeup"), new("macro"), new("detail shot"), new("insert shot"), new("大特写"), new("细节")]),
        ("close-up", [new("close up"), new("closeup"), new("tight shot"), new("portrait shot"), new("headshot"), new("特写"), new("近景")]),
        ("medium", [new("medium shot"), new("medium"), new("mid shot"), new("waist up"), new("cowboy shot"), new("中景")]),
        ("full", [new("wide shot"), new("wide angle"), new("wide"), new("establishing"), new("full shot"), new("long shot"), new("whole scene"), new("全景"), new("远景"), new("大全景")]),
    ]);

    private static readonly string[] Alternation = ["full", "medium", "close-up", "full", "close-up", "medium"];

    public static Framing For(string prompt, int shot, PictureReading picture)
    {
        if (shot == 0)
            return Framing.Full;
        var asked = Words.Find(Tokenizer.Tokenize(prompt));
        var name = asked.Count > 0 ? asked[0].Name : Alternation[shot % Alternation.Length];
        var scale = name switch { "detail" => 0.48, "close-up" => 0.58, "medium" => 0.76, _ => 1.0 };
        if (scale >= 1)
            return Framing.Full;
        var (u, v, least) = Aim(name, picture);
        return Inside(name, Math.Max(scale, least), u, v, picture);
    }

    // At a subject that was found, the upper part of it; never so close that more than a third of it is cut off.
    private static (double U, double V, double LeastScale) Aim(string name, PictureReading picture)
    {
        if (!picture.Subject.IsTrusted || name == "detail")
            return (picture.FocusU, picture.FocusV, 0);
        var box = PixelBox.Of(picture.Subject.Mask, 0.5f);
        double width = picture.Picture.Width, u = (box.Left + box.Right) / 2 / width - 0.5, v = (box.Top + 0.38 * (box.Bottom - box.Top)) / width - 0.5 * picture.Aspect;
        var fits = Math.Max((box.Right - box.Left) / width, (box.Bottom - box.Top) / (double)picture.Picture.Height);
        return (u, v, Math.Min(0.88, fits * (name == "close-up" ? 0.66 : 0.88)));
    }

    // Keeps the part inside the picture, with some air for the camera to move in.
    private static Framing Inside(string name, double scale, double u, double v, PictureReading picture)
    {
        var roomU = (1 - scale) / 2 * 0.85;
        var roomV = roomU * picture.Aspect;
        return new Framing(name, Math.Round(scale, 4), Math.Round(Math.Clamp(u, -roomU, roomU), 4), Math.Round(Math.Clamp(v, -roomV, roomV), 4));
    }
}
