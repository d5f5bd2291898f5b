namespace Kinora.Rendering.Direction;

/// <summary>A run of tokens that says one thing.</summary>
/// <param name="Tokens">Its words, without marks.</param>
/// <param name="Step">Which step of the sequence it belongs to; 0 comes first.</param>
/// <param name="StartsSentence">Whether it stands at the start of a sentence or step, where an imperative can stand.</param>
/// <param name="AboutCamera">Whether it names the camera.</param>
internal sealed record Clause(IReadOnlyList<Token> Tokens, int Step, bool StartsSentence, bool AboutCamera)
{
    public string Words(int first, int last) =>
        string.Join(Tokens[first].Kind == TokenKind.Character ? "" : " ", Tokens.Skip(first).Take(last - first + 1).Select(token => token.Text));
}
