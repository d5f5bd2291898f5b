using Kinora.Jobs.Files;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>Takes uploads that come as one body.</summary>
internal sealed class WholeUpload(BodyReception reception, UploadFinish finish, UploadLocks locks)
{
    /// <summary>
    /// Receives the body. The same content again under a finished upload is answered as the first time, so that a client which lost the answer may repeat itself;
    /// other content is refused.
    /// </summary>
    /// <returns>Null when the file is there, else why not.</returns>
    public async Task<UploadRefusal?> ReceiveAsync(Upload upload, HttpRequest request, CancellationToken cancellationToken)
    {
        if (upload.IsMultipart) return UploadRefusal.IsMultipart;
        var (body, refusal) = await reception.ReceiveAsync(request, cancellationToken);
        if (body is null) return refusal;

        await using (body)
        {
            using var turn = await locks.EnterAsync(upload.Id, cancellationToken);
            return await finish.FinishAsync(upload, body.Path, body.LengthBytes, body.Hash);
        }
    }
}
