namespace Kinora.Server.Uploads;

/// <summary>A part as a client lists it when it completes a multipart upload.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Tag">The tag that it was given, without quotes.</param>
internal readonly record struct ListedPart(int Number, string Tag);
