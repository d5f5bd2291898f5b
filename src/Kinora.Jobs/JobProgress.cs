namespace Kinora.Jobs;

/// <summary>How far a running job is.</summary>
/// <param name="Phase">What it does now, one or two words, for example <c>rendering</c>.</param>
/// <param name="Fraction">0 to 1, never falling within an attempt.</param>
public sealed record JobProgress(string Phase, double Fraction);
