using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>Finds <c>@Element1</c> and its kind in a prompt, and where and how it is to appear by the words around it. What is not named does not appear.</summary>
internal static class ElementReader
{
    private const string Prefix = "@element";

    private static readonly Lexicon s_paths = new(
    [
        (nameof(ElementPath.Enters), [new("enter"), new("walk in"), new("come in"), new("arrive"), new("appear from"), new("step in"), new("进入"), new("走进"), new("走来")]),
        (nameof(ElementPath.Crosses), [new("walk"), new("run"), new("cross"), new("walk across"), new("fly"), new("fly across"), new("drive"), new("pass"), new("move across"), new("swim"), new("走过"), new("跑"), new("穿过"), new("飞过"), new("飞"), new("走")]),
        (nameof(ElementPath.Rises), [new("rise"), new("take off"), new("lift off"), new("ascend"), new("fly up"), new("升起"), new("起飞"), new("上升")]),
        (nameof(ElementPath.Falls), [new("fall"), new("land"), new("descend"), new("drop"), new("落下"), new("降落")]),
        (nameof(ElementPath.Floats), [new("float"), new("hover"), new("drift"), new("balloon"), new("漂浮"), new("悬浮"), new("飘")]),
    ]);

    private static readonly Lexicon s_places = new(
    [
        ("left", [new("on the left"), new("left side"), new("at left"), new("to the left of"), new("左边"), new("左侧")]),
        ("right", [new("on the right"), new("right side"), new("at right"), new("to the right of"), new("右边"), new("右侧")]),
        ("middle", [new("in the middle"), new("in the center"), new("in the centre"), new("中间"), new("中央")]),
        ("far", [new("in the background"), new("in the distance"), new("far away"), new("远处"), new("背景")]),
        ("near", [new("in the foreground"), new("up close"), new("close to the camera"), new("前景"), new("近处")]),
        ("sky", [new("in the sky"), new("in the air"), new("above"), new("天空"), new("空中")]),
    ]);

    private static readonly HashSet<Heading> s_sideways = [Heading.Left, Heading.Right];

    /// <param name="prompt">One shot's prompt.</param>
    /// <param name="count">How many elements the brief has.</param>
    public static List<ElementPlan> Read(string prompt, int count)
    {
        var result = new List<ElementPlan>();
        var clauses = count == 0 ? [] : ClauseReader.Read(Tokenizer.Tokenize(prompt));
        foreach (var (clause, denied) in clauses.Zip(Negation.Starts(clauses)))
        {
            for (var at = 0; at < clause.Tokens.Count && at < denied; at++)
            {
                if (NumberOf(clause.Tokens[at]) is { } number && number <= count && !result.Exists(plan => plan.Number == number))
                    result.Add(Place(number, clause, at, result.Count));
            }
        }
        return result;
    }

    private static ElementPlan Place(int number, Clause clause, int at, int before)
    {
        var path = s_paths.Find(clause.Tokens).Select(match => Enum.Parse<ElementPath>(match.Name)).FirstOrDefault(ElementPath.Stands);
        var places = s_places.Find(clause.Tokens).Select(match => match.Name).ToHashSet();
        var heading = Headings.Near(clause.Tokens, new PhraseMatch(new Phrase(""), "", at, at), s_sideways);
        // Those that nobody placed stand beside each other, the first on the right, where the picture usually has room.
        var u = places.Contains("left") ? 0.25 : places.Contains("right") ? 0.75 : places.Contains("middle") ? 0.5 : before switch { 0 => 0.7, 1 => 0.28, 2 => 0.5, _ => 0.85 };
        var flies = places.Contains("sky") || path is ElementPath.Rises or ElementPath.Floats || clause.Tokens.Any(token => token.Stem is "fly" || token.Text == "飞");
        var (v, height) = flies ? (0.38, 0.3) : places.Contains("far") ? (0.66, 0.2) : places.Contains("near") ? (1.02, 0.75) : (0.93, 0.48);
        return new ElementPlan(number, u, v, height, path, heading == Heading.None ? Heading.Right : heading, string.Join(" ", clause.Tokens.Skip(at).Take(4).Select(token => token.Text)));
    }

    private static int? NumberOf(Token token) =>
        token.Text.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(token.Text[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
