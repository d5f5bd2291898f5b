using System.Globalization;
using System.Text;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering;

/// <summary>Everything that was decided about a clip before a single frame is rendered: plain data, to print and to test.</summary>
public sealed record ScenePlan
{
    /// <summary>The shots, in order; together they cover every frame once.</summary>
    public required IReadOnlyList<ShotPlan> Shots { get; init; }

    /// <summary>How the end image is reached, or null without one.</summary>
    public TransitionPlan? Transition { get; init; }

    /// <summary>The soundtrack, or null if none was asked for.</summary>
    public SoundPlan? Sound { get; init; }

    /// <summary>What was seen in the picture and what was understood but cannot be done, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Frames in the whole clip.</summary>
    public int FrameCount => Shots.Sum(shot => shot.FrameCount);

    /// <summary>The plan as a few lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Shots.Count; i++)
        {
            var shot = Shots[i];
            text.AppendLine(CultureInfo.InvariantCulture, $"shot {i + 1}: frames {shot.FirstFrame}-{shot.FirstFrame + shot.FrameCount - 1}, {shot.Framing}{(shot.DissolveFrames > 0 ? $", dissolves in over {shot.DissolveFrames} frames" : "")}");
            foreach (var move in shot.Moves)
                text.AppendLine(CultureInfo.InvariantCulture, $"  camera: {move}");
            if (shot.Tempo is not null)
                text.AppendLine(CultureInfo.InvariantCulture, $"  time: {shot.Tempo}");
            foreach (var effect in shot.Effects)
                text.AppendLine(CultureInfo.InvariantCulture, $"  effect: {effect}");
            foreach (var element in shot.Elements)
                text.AppendLine(CultureInfo.InvariantCulture, $"  element: {element}");
        }
        if (Transition is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"end image: {Transition}");
        if (Sound is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"sound: {Sound}");
        foreach (var note in Notes)
            text.AppendLine(CultureInfo.InvariantCulture, $"note: {note}");
        return text.ToString();
    }
}
