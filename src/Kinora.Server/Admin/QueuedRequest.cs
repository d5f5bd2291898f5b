namespace Kinora.Server.Admin;

/// <summary>A request that has not ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="Owner">The id of its API key, or <c>local</c>.</param>
/// <param name="State"><c>queued</c> or <c>running</c>.</param>
/// <param name="Attempt">How often it has been started.</param>
/// <param name="Age">Since its submit.</param>
/// <param name="Worker">Who runs it, or ran it last; null before that.</param>
public sealed record QueuedRequest(Guid Id, string Endpoint, string Owner, string State, int Attempt, TimeSpan Age, string? Worker);
