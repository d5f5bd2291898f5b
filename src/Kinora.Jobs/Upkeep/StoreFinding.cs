namespace Kinora.Jobs.Upkeep;

/// <summary>A rule that rows broke.</summary>
/// <param name="Rule">What should have been, as a sentence.</param>
/// <param name="Offenders">What broke it: ids or names, the first hundred.</param>
/// <param name="Count">How many there are, the unnamed ones too.</param>
/// <param name="IsRepaired">Whether it has been mended.</param>
/// <param name="CanRepair">Whether it can be.</param>
public sealed record StoreFinding(string Rule, IReadOnlyList<string> Offenders, long Count, bool IsRepaired, bool CanRepair);
