namespace Kinora.Server.Api.Routing;

/// <summary>Which of the hosted service's hosts a call is meant for.</summary>
internal enum ProtocolHost
{
    /// <summary>Synchronous runs (<c>fal.run</c>).</summary>
    Run = 0,

    /// <summary>The queue (<c>queue.fal.run</c>).</summary>
    Queue = 1,

    /// <summary>Uploads and tokens (<c>rest.fal.ai</c>).</summary>
    Rest = 2,
}
