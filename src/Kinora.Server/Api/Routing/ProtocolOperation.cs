namespace Kinora.Server.Api.Routing;

/// <summary>What a call asks for, whatever URL form it came by.</summary>
internal enum ProtocolOperation
{
    /// <summary>Run a model endpoint: a submit on the queue, a synchronous run elsewhere.</summary>
    Invoke = 0,

    /// <summary>Run a model endpoint and stream its outputs; never on the queue.</summary>
    InvokeStream = 1,

    /// <summary>Read a request's status.</summary>
    Status = 2,

    /// <summary>Watch a request's status.</summary>
    StatusStream = 3,

    /// <summary>Read a request's result.</summary>
    Result = 4,

    /// <summary>Stop a request.</summary>
    Cancel = 5,

    /// <summary>Something below a request that does not exist.</summary>
    Unknown = 6,
}
