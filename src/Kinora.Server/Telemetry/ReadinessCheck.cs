namespace Kinora.Server.Telemetry;

/// <summary>One thing that this process needs, and how it stands with it.</summary>
/// <param name="Name">One word, the same for ever: alerts name it.</param>
/// <param name="Problem">What is wrong; null: nothing.</param>
/// <param name="Note">What else there is to say of it, in one word.</param>
internal sealed record ReadinessCheck(string Name, string? Problem, string Note = "ok");
