namespace Kinora.Server.Admin;

/// <summary>A rule of the data that was broken.</summary>
/// <param name="Rule">What should have been.</param>
/// <param name="Count">How many broke it.</param>
/// <param name="Offenders">The first of them: ids or names.</param>
/// <param name="State"><c>repaired</c>, <c>can be repaired</c>, or <c>needs a person</c>.</param>
public sealed record Finding(string Rule, long Count, IReadOnlyList<string> Offenders, string State)
{
    /// <summary>Whether it has been mended.</summary>
    public bool IsRepaired => State == "repaired";

    internal static Finding Of(string rule, long count, IReadOnlyList<string> offenders, bool isRepaired, bool canRepair) =>
        new(rule, count, offenders, isRepaired ? "repaired" : canRepair ? "can be repaired" : "needs a person");
}
