namespace Kinora.Rendering.Parallax;

/// <summary>How much of a part of the output the subject takes.</summary>
internal enum Cover : byte
{
    /// <summary>Nothing: only the background shows.</summary>
    None,

    /// <summary>Some: it is mixed into the background.</summary>
    Part,

    /// <summary>All: nothing of the background shows.</summary>
    Whole,
}
