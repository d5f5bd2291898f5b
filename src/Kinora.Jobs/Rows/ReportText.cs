namespace Kinora.Jobs.Rows;

/// <summary>What handlers report, as every store keeps it.</summary>
internal static class ReportText
{
    /// <summary>Most lines of one job's log.</summary>
    internal const int MostLogLines = 10_000;

    private const int LongestMessage = 4_096;

    /// <summary>0 to 1, or null for no report.</summary>
    internal static double? ToFraction(double? fraction) => fraction is not { } value ? null : double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);

    /// <summary>One line of bounded length.</summary>
    internal static string ToLine(string message)
    {
        if (message.Length > LongestMessage)
            message = message[..(char.IsHighSurrogate(message[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage)];
        return message.AsSpan().ContainsAnyInRange('\0', '\x1f') ? string.Concat(message.Select(letter => letter < ' ' ? ' ' : letter)) : message;
    }
}
