namespace Kinora.Rendering.Direction;

/// <summary>Which way something goes, as the camera operator sees it.</summary>
public enum Heading
{
    /// <summary>Nothing was said; the move's own default.</summary>
    None,

    /// <summary>To the left.</summary>
    Left,

    /// <summary>To the right.</summary>
    Right,

    /// <summary>Upward.</summary>
    Up,

    /// <summary>Downward.</summary>
    Down,

    /// <summary>Into the picture.</summary>
    In,

    /// <summary>Out of the picture.</summary>
    Out,
}
