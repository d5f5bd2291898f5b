namespace Kinora.Server.Faults;

/// <summary>Whether callers may ask for faults.</summary>
/// <param name="Enabled">Whether <c>x-kinora-fault</c> is obeyed; otherwise it is refused.</param>
/// <param name="AllInstant">Whether every job makes a tiny clip at once, asked for or not.</param>
internal sealed record FaultOptions(bool Enabled, bool AllInstant);
