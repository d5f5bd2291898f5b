using Kinora.Rendering.Camera;
using Kinora.Rendering.Camera.Moves;

namespace Kinora.Rendering.Direction;

/// <summary>Reads the camera moves out of a prompt.</summary>
internal static class MoveReader
{
    private static readonly Lexicon Moves = new(CameraMoves.All.Select(move => (move.Name, move.Phrases)));

    // Movement as such says nothing, but denying it asks for a locked camera.
    private static readonly Lexicon Movement = new(
    [
        ("movement",
        [
            new("camera movement"), new("camera motion"), new("move the camera"), new("camera moving"), new("move", NeedsCamera: true), new("movement", NeedsCamera: true), new("motion", NeedsCamera: true),
            new("运镜"), new("镜头移动"), new("移动镜头"), new("相机移动"), new("移动", NeedsCamera: true), new("动", NeedsCamera: true),
        ]),
    ]);

    private static readonly Dictionary<string, HashSet<Heading>> Possible = CameraMoves.All.ToDictionary(move => move.Name, HeadingsOf);

    public static MoveReading Read(string prompt)
    {
        var reading = new MoveReading();
        var step = 0;
        var lastClauseStep = 0;
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        var denials = Negation.Starts(clauses);
        foreach (var (clause, denied) in clauses.Zip(denials))
        {
            step += clause.Step - lastClauseStep;
            lastClauseStep = clause.Step;
            var matches = Moves.Find(clause.Tokens);
            foreach (var match in matches)
                Add(reading, clause, match, denied, ref step);
            if (Movement.Find(clause.Tokens).Exists(match => match.First > denied && (clause.AboutCamera || !match.Phrase.NeedsCamera) && !matches.Exists(match.Overlaps)))
                reading.DenyMovement();
        }
        return reading;
    }

    /// <summary>Reads a negative prompt: everything it names is forbidden.</summary>
    public static MoveReading ReadForbidden(string text)
    {
        var reading = new MoveReading();
        var tokens = Tokenizer.Tokenize(text);
        foreach (var match in Moves.Find(tokens))
            reading.Deny(match.Name);
        if (Movement.Find(tokens).Exists(match => !match.Phrase.NeedsCamera))
            reading.DenyMovement();
        return reading;
    }

    private static void Add(MoveReading reading, Clause clause, PhraseMatch match, int denied, ref int step)
    {
        if (match.First > denied)
        {
            reading.Deny(match.Name);
            return;
        }
        if (match.Phrase.NeedsCamera && !IsAboutCamera(clause, match))
            return;
        var move = CameraMoves.Named(match.Name);
        var heading = match.Phrase.Heading != Heading.None ? match.Phrase.Heading : Headings.Near(clause.Tokens, match, Possible[match.Name]);
        if (heading == Heading.None)
            heading = move.DefaultHeading;
        var (amount, easing) = Pace.Of(clause.Tokens);
        var current = step;
        if (reading.Requests.Exists(request => request.Step == current && request.Move == match.Name && request.Heading == heading))
            return;
        if (reading.Contradicts(match.Name, heading, step))
            step++;
        reading.Requests.Add(new MoveRequest(
            match.Name, heading, amount * match.Phrase.Amount, match.Phrase.Easing ?? easing ?? Easing.Smooth, step, clause.Words(match.First, match.Last)));
    }

    // "Pan left" as an order, or the camera as the subject; "the crane flies" and "a frying pan" are neither.
    private static bool IsAboutCamera(Clause clause, PhraseMatch match)
    {
        if (clause.AboutCamera)
            return true;
        return clause.Tokens.Take(match.First).All(token => token.Text.EndsWith("ly", StringComparison.Ordinal) || token.Text is "slow" or "quick" or "smooth" or "gentle" or "fast" or "a")
            && IsOrder(clause, match);
    }

    private static bool IsOrder(Clause clause, PhraseMatch match) =>
        clause.Tokens[match.First].Kind == TokenKind.Character
            ? clause.Tokens.Count <= match.Last - match.First + 4
            : clause.Tokens.Take(match.First).All(token => token.Text != "a") || match.Phrase.Heading != Heading.None;

    private static HashSet<Heading> HeadingsOf(ICameraMove move) => move.DefaultHeading switch
    {
        Heading.Left or Heading.Right => [Heading.Left, Heading.Right],
        Heading.Up or Heading.Down => [Heading.Up, Heading.Down],
        Heading.In or Heading.Out => [Heading.In, Heading.Out],
        _ => [],
    };
}
