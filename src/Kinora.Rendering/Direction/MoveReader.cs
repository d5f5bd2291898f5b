using Kinora.Rendering.Camera;
using Kinora.Rendering.Camera.Moves;

namespace Kinora.Rendering.Direction;

/// <summary>Reads the camera moves out of a prompt.</summary>
internal static class MoveReader
{
    private static readonly Lexicon s_moves = new(CameraMoves.All.Select(move => (move.Name, move.Phrases)));

    // Movement as such says nothing, but denying it asks for a locked camera.
    private static readonly Lexicon s_movement = new(
    [
        ("movement",
        [
            new("camera movement"), new("camera motion"), new("move the camera"), new("camera moving"), new("move", NeedsCamera: true), new("movement", NeedsCamera: true), new("motion", NeedsCamera: true),
            new("运镜"), new("镜头移动"), new("移动镜头"), new("相机移动"), new("移动", NeedsCamera: true), new("动", NeedsCamera: true),
        ]),
    ]);

    private static readonly Dictionary<string, HashSet<Heading>> s_possible = CameraMoves.All.ToDictionary(move => move.Name, HeadingsOf);

    public static MoveReading Read(string prompt)
    {
        var reading = new MoveReading();
        var steps = new StepCounter();
        var continuesCamera = false;
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        foreach (var (clause, denied) in clauses.Zip(Negation.Starts(clauses)))
        {
            steps.Enter(clause);
            // "The camera pushes in, then rises": a clause that starts with its verb goes on with the last one's subject.
            var mayBeOrder = clause.StartsSentence || continuesCamera;
            var matches = s_moves.Find(clause.Tokens).FindAll(match => !match.Phrase.NeedsCamera || clause.AboutCamera || (mayBeOrder && StartsWith(clause, match)));
            foreach (var match in matches)
                Add(reading, clause, match, denied, steps);
            if (s_movement.Find(clause.Tokens).Exists(match => match.First > denied && (clause.AboutCamera || !match.Phrase.NeedsCamera) && !matches.Exists(match.Overlaps)))
                reading.DenyMovement();
            continuesCamera = clause.AboutCamera || matches.Count > 0;
        }
        reading.DropImplied();
        return reading;
    }

    /// <summary>Reads a negative prompt: everything it names is forbidden.</summary>
    public static MoveReading ReadForbidden(string text)
    {
        var reading = new MoveReading();
        var tokens = Tokenizer.Tokenize(text);
        foreach (var match in s_moves.Find(tokens))
            reading.Deny(match.Name);
        if (s_movement.Find(tokens).Exists(match => !match.Phrase.NeedsCamera))
            reading.DenyMovement();
        return reading;
    }

    private static void Add(MoveReading reading, Clause clause, PhraseMatch match, int denied, StepCounter steps)
    {
        if (match.First > denied)
        {
            reading.Deny(match.Name);
            return;
        }
        var move = CameraMoves.Named(match.Name);
        var heading = match.Phrase.Heading != Heading.None ? match.Phrase.Heading : Headings.Near(clause.Tokens, match, s_possible[match.Name]);
        var isSaid = heading != Heading.None || move.DefaultHeading == Heading.None;
        if (!isSaid)
            heading = move.DefaultHeading;
        var (amount, easing) = Pace.Of(clause.Tokens);
        if (reading.Requests.Exists(request => request.Step == steps.Current && request.Move == match.Name && request.Heading == heading))
            return;
        if (reading.Contradicts(match.Name, heading, steps.Current))
            steps.Advance();
        reading.Requests.Add(new MoveRequest(
            match.Name, heading, amount * match.Phrase.Amount, match.Phrase.Easing ?? easing ?? Easing.Smooth, steps.Current, clause.Words(match.First, match.Last), match.Phrase.Implied, isSaid));
    }

    // "Slowly pan left", but neither "a crane flies" nor "a frying pan".
    private static bool StartsWith(Clause clause, PhraseMatch match) =>
        clause.Tokens[0].Kind == TokenKind.Character
            ? clause.Tokens.Count <= match.Last - match.First + 4
            : clause.Tokens.Take(match.First).All(token => token.Text.EndsWith("ly", StringComparison.Ordinal) || token.Text is "slow" or "quick" or "smooth" or "gentle" or "fast");

    private static HashSet<Heading> HeadingsOf(ICameraMove move) => move.DefaultHeading switch
    {
        Heading.Left or Heading.Right => [Heading.Left, Heading.Right],
        Heading.Up or Heading.Down => [Heading.Up, Heading.Down],
        Heading.In or Heading.Out => [Heading.In, Heading.Out],
        _ => [],
    };
}
