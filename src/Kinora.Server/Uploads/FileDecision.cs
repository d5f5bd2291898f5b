namespace Kinora.Server.Uploads;

/// <summary>What becomes of someone who asks for a file.</summary>
internal enum FileDecision
{
    /// <summary>They get it.</summary>
    Allow = 0,

    /// <summary>They are told that there is no such file.</summary>
    Hide = 1,

    /// <summary>They are told that they may not have it.</summary>
    Forbid = 2,
}
