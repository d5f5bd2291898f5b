using System.Security.Cryptography;
using Kinora.Jobs.Files;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>Takes uploads that come as one body.</summary>
internal sealed class WholeUpload(BodyReception reception, UploadFinish finish, IUploadStore uploads, UploadLocks locks)
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
            return await uploads.FindAsync(upload.Id, cancellationToken) switch
            {
                null => UploadRefusal.Closed,
                { ContentHash: { } done } => CryptographicOperations.FixedTimeEquals(done, body.Hash) ? null : UploadRefusal.AlreadyDone,
                var open => await finish.FinishAsync(open, body.Path, body.LengthBytes, body.Hash),
            };
        }
    }
}
