using System.Diagnostics;

namespace Kinora.Jobs;

/// <summary>The one name under which everything here measures and traces; exporters subscribe to it.</summary>
public static class KinoraSource
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of every meter.</summary>
    public const string Name = "Kinora";

    /// <summary>
    /// Starts the spans of a request's life: <c>request</c>, <c>claim</c> (from its submit to a worker), <c>attempt</c> around <c>fetch</c>, <c>generate</c>,
    /// <c>encode</c> and <c>publish</c>, and <c>webhook</c>.
    /// </summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Starts a span under a remote parent.</summary>
    /// <param name="name">What begins.</param>
    /// <param name="kind">Its side of the wire.</param>
    /// <param name="traceParent">W3C <c>traceparent</c> of the parent; anything malformed counts as none.</param>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? Start(string name, ActivityKind kind, string? traceParent)
    {
        _ = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Activities.StartActivity(name, kind, parent);
    }
}
