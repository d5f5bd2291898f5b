namespace Kinora.Server.Endpoints;

/// <summary>The outcome of checking a request body.</summary>
public abstract record InputValidation
{
    private InputValidation()
    {
    }

    /// <summary>The body is acceptable; this is what it asks for.</summary>
    public sealed record Accepted(ClipRequest Request) : InputValidation;

    /// <summary>The body is not acceptable, for all of these reasons.</summary>
    public sealed record Refused(IReadOnlyList<Violation> Violations) : InputValidation;
}
