namespace Kinora.Server.Platform;

/// <summary>How long the buckets of a time series are.</summary>
internal enum Timeframe
{
    /// <summary>A minute.</summary>
    Minute = 0,

    /// <summary>An hour.</summary>
    Hour = 1,

    /// <summary>A day of the calendar.</summary>
    Day = 2,

    /// <summary>A week that begins on Monday (ISO 8601).</summary>
    Week = 3,

    /// <summary>A month of the calendar.</summary>
    Month = 4,
}
