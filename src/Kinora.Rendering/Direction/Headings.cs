namespace Kinora.Rendering.Direction;

/// <summary>Words for directions.</summary>
internal static class Headings
{
    private static readonly Lexicon s_words = new(
    [
        (nameof(Heading.Left), [new("left"), new("leftward"), new("leftwards"), new("counterclockwise"), new("counter clockwise"), new("anticlockwise"), new("向左"), new("左侧"), new("往左"), new("左边"), new("逆时针")]),
        (nameof(Heading.Right), [new("right"), new("rightward"), new("rightwards"), new("clockwise"), new("向右"), new("右侧"), new("往右"), new("右边"), new("顺时针")]),
        (nameof(Heading.Up), [new("up"), new("upward"), new("upwards"), new("skyward"), new("向上"), new("往上"), new("上方")]),
        (nameof(Heading.Down), [new("down"), new("downward"), new("downwards"), new("向下"), new("往下"), new("下方")]),
        (nameof(Heading.In), [new("in"), new("into"), new("closer"), new("forward"), new("forwards"), new("toward"), new("towards"), new("inward"), new("向前"), new("往前")]),
        (nameof(Heading.Out), [new("out"), new("away"), new("back"), new("backward"), new("backwards"), new("outward"), new("向后"), new("往后")]),
        // "From left to right" goes right.
        ("FromLeft", [new("from left"), new("from the left"), new("从左")]),
        ("FromRight", [new("from right"), new("from the right"), new("从右")]),
        (nameof(Heading.None), [new("right now"), new("right away"), new("all right")]),
    ]);

    /// <summary>The direction named after (or failing that, before) a match in its clause, if the move can go that way.</summary>
    public static Heading Near(IReadOnlyList<Token> tokens, PhraseMatch match, IReadOnlySet<Heading> possible)
    {
        var found = s_words.Find(tokens)
            .Select(word => (Heading: Meaning(word.Name), Distance: word.First > match.Last ? word.First - match.Last : 100 + match.First - word.First))
            .Where(item => possible.Contains(item.Heading))
            .OrderBy(item => item.Distance);
        return found.Select(item => item.Heading).FirstOrDefault(Heading.None);
    }

    private static Heading Meaning(string name) => name switch { "FromLeft" => Heading.Right, "FromRight" => Heading.Left, _ => Enum.Parse<Heading>(name) };
}
