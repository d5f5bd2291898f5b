namespace Kinora.Rendering.Depth.Faces;

/// <summary>A face that looks at the camera.</summary>
/// <param name="U">Its middle, 0 (left) to 1 (right) of the picture.</param>
/// <param name="V">Its middle, 0 (top) to 1 (bottom).</param>
/// <param name="Width">Its width over the picture's: from ear to ear, hair and chin not counted.</param>
/// <param name="Votes">How many neighbouring windows agree.</param>
internal sealed record Face(double U, double V, double Width, int Votes);
