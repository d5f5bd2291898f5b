namespace Kinora.Server;

/// <summary>One thing that <see cref="Doctor"/> looked at.</summary>
/// <param name="What">What it is.</param>
/// <param name="IsFine">Whether it is there and works.</param>
/// <param name="Detail">What was found; if it is not fine, what goes without it and how to get it.</param>
/// <param name="IsOptional">Whether the server works without it.</param>
public sealed record DoctorFinding(string What, bool IsFine, string Detail, bool IsOptional = false);
