namespace Kinora.Server.Faults;

/// <summary>One way in which a request of the hosted service can end badly.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="StatusCode">HTTP status of the result.</param>
/// <param name="Message">What it says to people.</param>
/// <param name="IsModelError">Whether <c>detail</c> is a list (the model refused or failed) or a sentence (the platform did).</param>
/// <param name="Context">The numbers behind a model error, JSON; null if there are none.</param>
/// <param name="IsRetried">Whether the platform puts the job back into the queue while attempts are left.</param>
internal sealed record ErrorType(string Name, int StatusCode, string Message, bool IsModelError, string? Context = null, bool IsRetried = false);
