namespace Kinora.Rendering.Camera;

/// <summary>
/// A pose made ready for back-projection: which point of the picture a pixel of the output shows, given how near that point is.
/// A point at (u, v) with inverse depth q lies at (u, v, f) / q; the camera moves by (X, Y, Z), turns by yaw, pitch and roll, and projects.
/// </summary>
internal readonly struct View
{
    /// <summary>Focal length in widths: a field of view of 47 degrees.</summary>
    public const float Focal = 1.15f;

    /// <summary>Inverse depth of the farthest and the nearest point; nothing is at infinity, so that nothing looks pasted on.</summary>
    public const float FarInverseDepth = 0.18f, NearInverseDepth = 1.0f;

    public View(CameraPose pose)
    {
        double cy = Math.Cos(pose.Yaw), sy = Math.Sin(pose.Yaw), cp = Math.Cos(pose.Pitch), sp = Math.Sin(pose.Pitch);
        double cr = Math.Cos(pose.Roll), sr = Math.Sin(pose.Roll);
        // Rows of the inverse rotation, applied to (x, y, f): first undo the roll, then the pitch, then the yaw.
        (Xx, Xy, Xf) = ((float)(cy * cr + sy * sp * sr), (float)(cy * sr - sy * sp * cr), (float)(sy * cp * Focal));
        (Yx, Yy, Yf) = ((float)(-cp * sr), (float)(cp * cr), (float)(sp * Focal));
        (Zx, Zy, Zf) = ((float)(-sy * cr + cy * sp * sr), (float)(-sy * sr - cy * sp * cr), (float)(cy * cp * Focal));
        (ShiftX, ShiftY, Forward) = ((float)pose.X * Focal, (float)pose.Y * Focal, (float)pose.Z);
        (PerZoom, CentreU, CentreV) = ((float)(1 / pose.Zoom), (float)pose.CentreU, (float)pose.CentreV);
    }

    public float Xx { get; }

    public float Xy { get; }

    public float Xf { get; }

    public float Yx { get; }

    public float Yy { get; }

    public float Yf { get; }

    public float Zx { get; }

    public float Zy { get; }

    public float Zf { get; }

    public float ShiftX { get; }

    public float ShiftY { get; }

    public float Forward { get; }

    public float PerZoom { get; }

    public float CentreU { get; }

    public float CentreV { get; }

    public static float InverseDepth(float nearness) => FarInverseDepth + (NearInverseDepth - FarInverseDepth) * nearness;

    /// <summary>The picture point behind an output point, both in widths from the centre, if it has this nearness (0 far, 1 near).</summary>
    public (float U, float V) Unproject(float x, float y, float nearness)
    {
        x = x * PerZoom + CentreU;
        y = y * PerZoom + CentreV;
        var q = InverseDepth(nearness);
        var scale = (1 - Forward * q) * Focal / (Zx * x + Zy * y + Zf);
        return ((Xx * x + Xy * y + Xf) * scale + ShiftX * q, (Yx * x + Yy * y + Yf) * scale + ShiftY * q);
    }
}
