using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Fetching;

/// <summary>Why a medium could not be had, before it is tied to the field that named it.</summary>
/// <param name="Type">The error type of the wire: <c>file_download_error</c> or <c>file_too_large</c>.</param>
/// <param name="Message">For the caller. Never more about this server's network than the caller said.</param>
/// <param name="Context">The numbers behind it, or null.</param>
internal sealed record Refusal(string Type, string Message, JsonObject? Context = null)
{
    /// <summary>The medium cannot be reached or is not a file.</summary>
    /// <param name="reason">Continues "The file could not be downloaded: ".</param>
    public static Refusal Download(string reason) => new("file_download_error", $"The file could not be downloaded: {reason}.");

    /// <summary>The medium is larger than the field takes.</summary>
    public static Refusal TooLarge(long maxBytes) => new(
        "file_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The file is too large: at most {maxBytes} bytes are accepted."),
        new JsonObject { ["max_size"] = maxBytes });

    /// <summary>The refusal as a violation of the field that named the medium.</summary>
    public Violation At(MediaReference reference) => new(reference.Location, Message, Type, Context, reference.QuoteUrl());
}
