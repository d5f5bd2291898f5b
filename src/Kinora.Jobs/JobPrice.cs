namespace Kinora.Jobs;

/// <summary>What a job costs its owner's budget.</summary>
/// <param name="PerUnit">USD for each billable unit; 0 or more, to a millionth.</param>
/// <param name="AtMost">USD that the whole job can cost: held against the budget until the job ends.</param>
public sealed record JobPrice(decimal PerUnit, decimal AtMost);
