namespace Kinora.Jobs.Webhooks;

/// <summary>Whom a submit wants told when its job has ended.</summary>
/// <param name="Url">An absolute http or https URL.</param>
/// <param name="Origin">Where the job's owner reached this server, for example <c>https://example.org</c>: base of the URLs in what is sent.</param>
public sealed record NewWebhook(Uri Url, string Origin);
