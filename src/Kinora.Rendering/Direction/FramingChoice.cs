using Kinora.Rendering.Depth;
using Kinora.Rendering.Depth.Faces;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Chooses the part of the picture a shot shows. The first shot starts on the whole start image whatever its words say; later ones follow
/// their words, or alternate so that a cut is seen as one.
/// </summary>
internal static class FramingChoice
{
    private const string Match = "match";

    private static readonly Lexicon s_words = new(
    [
        ("detail", [new("extreme close up"), new("extreme closeup"), new("macro"), new("detail shot"), new("insert shot"), new("detail of"), new("大特写"), new("细节"), new("微距")]),
        ("close-up", [new("close up"), new("closeup"), new("tight shot"), new("tight on"), new("portrait shot"), new("headshot"), new("特写"), new("近景")]),
        ("medium", [new("medium shot"), new("medium"), new("mid shot"), new("waist up"), new("cowboy shot"), new("over the shoulder"), new("two shot"), new("中景"), new("中近景")]),
        ("full", [new("wide shot"), new("wide angle"), new("wide"), new("establishing"), new("full shot"), new("long shot"), new("master shot"), new("whole scene"), new("全景"), new("远景"), new("大全景"), new("广角")]),
        (Match, [new("match cut"), new("matching cut"), new("match on action"), new("graphic match"), new("匹配剪辑"), new("匹配切"), new("相似转场")]),
    ]);

    private static readonly string[] s_alternation = ["full", "medium", "close-up", "full", "close-up", "medium"];

    /// <param name="prompt">The shot's words.</param>
    /// <param name="shot">Its number, from 0.</param>
    /// <param name="picture">What was seen.</param>
    /// <param name="before">The framing of the shot before it, or null.</param>
    public static Framing For(string prompt, int shot, PictureReading picture, Framing? before)
    {
        if (shot == 0 || before is null)
            return Framing.Full;
        var asked = s_words.Find(Tokenizer.Tokenize(prompt)).Select(match => match.Name).ToList();
        var named = asked.Find(name => name != Match);
        if (asked.Contains(Match))
            return Matching(named ?? (before.Scale > 0.7 ? "close-up" : "full"), before, picture);
        var name = named ?? s_alternation[shot % s_alternation.Length];
        // What nobody asked for is never the framing that has just been there: a cut between equals is a jump.
        if (named is null && name == before.Name)
            name = before.Scale > 0.9 ? "medium" : "full";
        if (ScaleOf(name) >= 1)
            return Framing.Full;
        var (u, v, least) = Aim(name, picture);
        return Inside(name, Math.Max(ScaleOf(name), least), u, v, picture);
    }

    /// <summary>Whether a shot is to be joined to the one before it by a match cut.</summary>
    public static bool IsMatchCut(string prompt) => s_words.Find(Tokenizer.Tokenize(prompt)).Exists(match => match.Name == Match);

    private static double ScaleOf(string name) => name switch { "detail" => 0.48, "close-up" => 0.58, "medium" => 0.76, _ => 1.0 };

    // The subject stays where it was on the screen while everything else changes its size.
    private static Framing Matching(string name, Framing before, PictureReading picture)
    {
        var scale = ScaleOf(name);
        if (scale >= 1)
            return Framing.Full;
        double u = picture.FocusU - (picture.FocusU - before.CentreU) * scale / before.Scale, v = picture.FocusV - (picture.FocusV - before.CentreV) * scale / before.Scale;
        return Inside(name, scale, u, v, picture);
    }

    private static (double U, double V, double LeastScale) Aim(string name, PictureReading picture)
    {
        if (picture.Faces is [var face, ..])
            return AimAtFaces(name, picture, face);
        if (!picture.Subject.IsTrusted || name == "detail")
            return (picture.FocusU, picture.FocusV, 0);
        // The upper part of the subject; never so close that more than a third of it is cut off.
        var box = PixelBox.Of(picture.Subject.Mask, 0.5f);
        double width = picture.Picture.Width, u = (box.Left + box.Right) / 2 / width - 0.5, v = (box.Top + 0.38 * (box.Bottom - box.Top)) / width - 0.5 * picture.Aspect;
        var fits = Math.Max((box.Right - box.Left) / width, (box.Bottom - box.Top) / (double)picture.Picture.Height);
        return (u, v, Math.Min(0.88, fits * (name == "close-up" ? 0.66 : 0.88)));
    }

    // Eyes on the upper third, and room for whole heads: hair reaches a face width above the middle of a face, a chin three quarters below.
    private static (double U, double V, double LeastScale) AimAtFaces(string name, PictureReading picture, Face face)
    {
        var shown = name == "medium" ? picture.Faces : [face];
        double left = shown.Min(one => one.U - 0.8 * one.Width), right = shown.Max(one => one.U + 0.8 * one.Width);
        double top = shown.Min(one => one.V * picture.Aspect - 1.1 * one.Width), bottom = shown.Max(one => one.V * picture.Aspect + 0.8 * one.Width);
        var tallest = name switch { "detail" => 0.95, "close-up" => 0.72, _ => 0.4 };
        var least = Math.Max((right - left) / 0.9, (bottom - top) / tallest / picture.Aspect);
        var scale = Math.Max(ScaleOf(name), least);
        var eyes = shown.Average(one => one.V) * picture.Aspect - 0.12 * face.Width;
        // The eyes a third from the top, unless that would cut the hair off.
        var centre = Math.Min(eyes + scale * picture.Aspect * (1 / 2.0 - 1 / 3.0), top + 0.47 * scale * picture.Aspect);
        return ((left + right) / 2 - 0.5, centre - 0.5 * picture.Aspect, Math.Min(0.92, least));
    }

    // Keeps the part inside the picture, with some air for the camera to move in.
    private static Framing Inside(string name, double scale, double u, double v, PictureReading picture)
    {
        var roomU = (1 - scale) / 2 * 0.85;
        var roomV = roomU * picture.Aspect;
        return new Framing(name, Math.Round(scale, 4), Math.Round(Math.Clamp(u, -roomU, roomU), 4), Math.Round(Math.Clamp(v, -roomV, roomV), 4));
    }
}
