namespace Kinora.Server.Fetching;

/// <summary>
/// A download cannot go on. It exists because a connection callback can only throw; <see cref="HttpDownload"/> turns it into a <see cref="Refusal"/>.
/// The message continues "The file could not be downloaded: " and is fit for the caller.
/// </summary>
internal sealed class FetchFailedException(string message, Exception? cause = null) : IOException(message, cause);
