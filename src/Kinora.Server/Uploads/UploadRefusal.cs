using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>Why an upload is not taken. None of the status codes is one that clients answer with more of the same, but 429.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Message">For the caller: what was expected and what came.</param>
internal sealed record UploadRefusal(int StatusCode, string Message)
{
    /// <summary>The answer to every URL or token that this server did not make, or has forgotten: nothing tells them apart.</summary>
    public static UploadRefusal Unknown { get; } = Forbid("This upload URL or token is not valid.");

    public static UploadRefusal Closed { get; } = Forbid("This upload URL has expired. Announce the upload again.");

    public static UploadRefusal OtherContentComing { get; } = Forbid("Other content has been sent to this upload and is being stored. Announce a new upload.");

    public static UploadRefusal AlreadyDone { get; } = Forbid("This upload is finished; its URL takes no other content. Announce a new upload.");

    public static UploadRefusal NoToken { get; } = new(
        StatusCodes.Status401Unauthorized, "Uploads need Authorization: Bearer and a token from POST /storage/auth/token that has not expired.");

    public static UploadRefusal Encoded { get; } = new(StatusCodes.Status415UnsupportedMediaType, "Upload the file as it is, without Content-Encoding.");

    public static UploadRefusal NotMultipart { get; } = BadRequest("This upload was announced as one piece: PUT it to the upload URL itself.");

    public static UploadRefusal IsMultipart { get; } = BadRequest("This upload was announced as multipart: PUT its parts to the upload URL followed by /1, /2 and so on.");

    public static UploadRefusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static UploadRefusal TooLarge(long maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The upload is larger than the {maxBytes} bytes that this server takes.");

    public static UploadRefusal NoRoom(long maxTotalBytes) =>
        new(StatusCodes.Status507InsufficientStorage, $"All uploads together may take {maxTotalBytes} bytes on this server, and this one does not fit any more. Delete files or let them expire.");

    public static UploadRefusal DiskFull { get; } = new(StatusCodes.Status507InsufficientStorage, "The server's disk is full.");

    public static UploadRefusal TooManyOpen(int most) =>
        new(StatusCodes.Status429TooManyRequests, $"{most} uploads are open already. Finish some of them, or wait until they expire.");

    public static UploadRefusal WrongTotal(long announced, long came) => BadRequest($"{announced} bytes were announced, but {came} came.");

    private static UploadRefusal Forbid(string message) => new(StatusCodes.Status403Forbidden, message);
}
