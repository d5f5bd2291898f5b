namespace Kinora.Server;

/// <summary>One thing that <see cref="Doctor"/> looked at.</summary>
/// <param name="What">What it is.</param>
/// <param name="IsFine">Whether the server can work with it.</param>
/// <param name="Detail">What was found; if it is not fine, what to do about it.</param>
public sealed record DoctorFinding(string What, bool IsFine, string Detail);
