namespace Kinora.Rendering.Camera;

/// <summary>What a camera path needs to know about the picture.</summary>
/// <param name="Pivot">Inverse depth of the subject.</param>
/// <param name="FocusU">Where it is, in widths right of the centre.</param>
/// <param name="FocusV">Where it is, in widths below the centre.</param>
/// <param name="Aspect">Height over width.</param>
internal sealed record CameraScene(double Pivot, double FocusU, double FocusV, double Aspect);
