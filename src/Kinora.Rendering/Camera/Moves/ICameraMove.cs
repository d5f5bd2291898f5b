using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>One way to move the camera: its words and its geometry. A new move is one file and one line in <see cref="CameraMoves"/>.</summary>
internal interface ICameraMove
{
    string Name { get; }

    /// <summary>What the move does when nothing is said about the direction.</summary>
    Heading DefaultHeading { get; }

    /// <summary>The words that ask for it, English and Chinese.</summary>
    IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>The displacement from rest at a moment of the move; at progress 0 there is none.</summary>
    CameraPose At(in MoveMoment moment);
}
