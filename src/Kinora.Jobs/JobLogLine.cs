namespace Kinora.Jobs;

/// <summary>One line that a job wrote for its owner.</summary>
/// <param name="Sequence">Position in the job's log, from 1, growing without gaps within a job.</param>
/// <param name="Timestamp">When it was written.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Message">The text, one line, at most 4,096 characters (longer ones are cut).</param>
public sealed record JobLogLine(long Sequence, DateTimeOffset Timestamp, JobLogLevel Level, string Message);
