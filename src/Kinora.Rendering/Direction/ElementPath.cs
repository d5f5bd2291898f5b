namespace Kinora.Rendering.Direction;

/// <summary>How an element moves through the picture.</summary>
public enum ElementPath
{
    /// <summary>It stands where it is.</summary>
    Stands,

    /// <summary>It comes in from the side and stays.</summary>
    Enters,

    /// <summary>It crosses the picture from side to side.</summary>
    Crosses,

    /// <summary>It rises.</summary>
    Rises,

    /// <summary>It comes down.</summary>
    Falls,

    /// <summary>It hovers and swings.</summary>
    Floats,
}
