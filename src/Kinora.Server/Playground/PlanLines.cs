using System.Text.RegularExpressions;
using Kinora.Jobs;

namespace Kinora.Server.Playground;

/// <summary>The director's plan, as the engine wrote it into the job's log: from the line of the first shot to the next line that reports progress.</summary>
internal static partial class PlanLines
{
    /// <summary>Finds the plan of the last attempt; empty if it made none.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<JobLogLine> log)
    {
        var messages = log.Select(line => line.Message).ToList();
        var first = messages.FindLastIndex(message => FirstShot().IsMatch(message));
        return first < 0 ? [] : [.. messages.Skip(first).TakeWhile(message => !Progress().IsMatch(message))];
    }

    [GeneratedRegex("^shot 1\\b")]
    private static partial Regex FirstShot();

    [GeneratedRegex("^[a-z ]+ [0-9]{1,3}%")]
    private static partial Regex Progress();
}
