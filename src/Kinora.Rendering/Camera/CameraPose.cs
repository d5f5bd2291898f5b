namespace Kinora.Rendering.Camera;

/// <summary>
/// Where the camera is and looks, relative to where the start image was taken. Lengths are in widths of the picture at unit inverse depth,
/// angles in radians. Positive: right, down, forward; yaw looks right, pitch looks down, roll turns the picture clockwise.
/// </summary>
internal readonly record struct CameraPose
{
    public static readonly CameraPose Rest = new() { Zoom = 1 };

    public double X { get; init; }

    public double Y { get; init; }

    public double Z { get; init; }

    public double Yaw { get; init; }

    public double Pitch { get; init; }

    public double Roll { get; init; }

    /// <summary>Focal length over the original one; above 1 narrows the view.</summary>
    public double Zoom { get; init; }

    /// <summary>The point of the picture that comes to the middle, in widths from its centre.</summary>
    public double CentreU { get; init; }

    public double CentreV { get; init; }

    /// <summary>Both displacements together: positions and angles add, zooms multiply.</summary>
    public CameraPose Plus(CameraPose other) => new()
    {
        X = X + other.X,
        Y = Y + other.Y,
        Z = Z + other.Z,
        Yaw = Yaw + other.Yaw,
        Pitch = Pitch + other.Pitch,
        Roll = Roll + other.Roll,
        Zoom = Zoom * other.Zoom,
        CentreU = CentreU + other.CentreU,
        CentreV = CentreV + other.CentreV,
    };

    /// <summary>The displacement from <paramref name="other"/> to this pose.</summary>
    public CameraPose Minus(CameraPose other) => new()
    {
        X = X - other.X,
        Y = Y - other.Y,
        Z = Z - other.Z,
        Yaw = Yaw - other.Yaw,
        Pitch = Pitch - other.Pitch,
        Roll = Roll - other.Roll,
        Zoom = Zoom / other.Zoom,
        CentreU = CentreU - other.CentreU,
        CentreV = CentreV - other.CentreV,
    };

    /// <summary>This displacement from rest, scaled; the zoom is scaled in proportion (as a power).</summary>
    public CameraPose Scaled(double amount) => new()
    {
        X = X * amount,
        Y = Y * amount,
        Z = Z * amount,
        Yaw = Yaw * amount,
        Pitch = Pitch * amount,
        Roll = Roll * amount,
        Zoom = Math.Pow(Zoom, amount),
        CentreU = CentreU * amount,
        CentreV = CentreV * amount,
    };
}
