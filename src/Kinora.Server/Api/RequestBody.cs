using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kinora.Server.Api;

/// <summary>Reads a request's body as text, counted while it streams in.</summary>
internal static class RequestBody
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What came of reading.</summary>
    /// <param name="Text">The body, or null if it was refused.</param>
    /// <param name="IsTooLarge">Whether it was refused for its size; otherwise it was no text.</param>
    public readonly record struct Outcome(string? Text, bool IsTooLarge);

    /// <summary>Reads the whole body. An announced or real length above <paramref name="maxBytes"/> is refused as soon as it is known.</summary>
    public static async ValueTask<Outcome> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        // The count below is the limit. Kestrel's own would cut the connection, and the client would never see the answer.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        if (request.ContentLength > maxBytes) return new Outcome(null, IsTooLarge: true);

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return new Outcome(null, IsTooLarge: true);
            }

            if (read.IsCompleted) return new Outcome(Decode(reader, read), IsTooLarge: false);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Null if it is no UTF-8 or holds a zero byte, which neither JSON nor every database's text can.
    private static string? Decode(PipeReader reader, ReadResult read)
    {
        try
        {
            var text = s_strictUtf8.GetString(SkipByteOrderMark(read.Buffer));
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static ReadOnlySequence<byte> SkipByteOrderMark(ReadOnlySequence<byte> body)
    {
        var sequence = new SequenceReader<byte>(body);
        return sequence.IsNext([0xEF, 0xBB, 0xBF], advancePast: true) ? sequence.UnreadSequence : body;
    }
}
