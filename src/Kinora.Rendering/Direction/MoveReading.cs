using Kinora.Rendering.Camera.Moves;

namespace Kinora.Rendering.Direction;

/// <summary>What a prompt says about the camera.</summary>
internal sealed class MoveReading
{
    public List<MoveRequest> Requests { get; } = [];

    /// <summary>Names of moves that must not happen.</summary>
    public HashSet<string> Denied { get; } = [];

    /// <summary>Whether the prompt asks for no camera movement at all.</summary>
    public bool WantsStatic { get; private set; }

    public void Deny(string name) => Denied.Add(name);

    public void DenyMovement() => WantsStatic = true;

    /// <summary>"She walks toward us as the camera pulls back" is one move, not two; and "a crane shot, the camera descends" only says once which way.</summary>
    public void DropImplied()
    {
        Requests.RemoveAll(request => !request.HasOwnHeading && Requests.Exists(other => other.Move == request.Move && other.HasOwnHeading));
        if (Requests.Exists(request => !request.IsImplied && request.Move != HandheldMove.MoveName))
            Requests.RemoveAll(request => request.IsImplied);
    }

    /// <summary>Whether a move of the same step already uses the same axis: such moves follow each other instead of cancelling.</summary>
    public bool Contradicts(string name, Heading heading, int step) =>
        Requests.Exists(request => request.Step == step && SharesAxis(request.Move, name) && (request.Move != name || request.Heading != heading));

    private static bool SharesAxis(string one, string other)
    {
        if (one == HandheldMove.MoveName || other == HandheldMove.MoveName)
            return false;
        return one == other || one == StaticMove.MoveName || other == StaticMove.MoveName || Axis(one) == Axis(other);
    }

    private static string Axis(string name) => name switch { "zoom" or "dolly" or "vertigo" => "depth", "pan" or "truck" or "orbit" => "side", "tilt" or "crane" => "height", _ => name };
}
