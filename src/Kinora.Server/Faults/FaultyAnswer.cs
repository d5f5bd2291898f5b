namespace Kinora.Server.Faults;

/// <summary>An error status in place of the answer.</summary>
/// <param name="StatusCode">400 to 599.</param>
/// <param name="Times">For how many calls, from the first on.</param>
internal sealed record FaultyAnswer(int StatusCode, int Times);
