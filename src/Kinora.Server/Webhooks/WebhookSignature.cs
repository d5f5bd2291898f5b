using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs.Webhooks;

namespace Kinora.Server.Webhooks;

/// <summary>
/// The signature headers of one try. Signed are request id, user id, timestamp and the lower-case hex SHA-256 of the body, joined by line feeds
/// (the hosted service's webhook documentation, "Verifying your webhook").
/// </summary>
internal static class WebhookSignature
{
    public const string RequestIdHeader = "X-Fal-Webhook-Request-Id";
    public const string UserIdHeader = "X-Fal-Webhook-User-Id";
    public const string TimestampHeader = "X-Fal-Webhook-Timestamp";
    public const string SignatureHeader = "X-Fal-Webhook-Signature";

    /// <summary>Makes the headers.</summary>
    public static IEnumerable<(string Name, string Value)> CreateHeaders(WebhookKey key, Guid requestId, string userId, DateTimeOffset now, byte[] body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Ed25519.Sign(key.Seed, MessageOf(requestId.ToString(), userId, timestamp, body));
        return
        [
            (RequestIdHeader, requestId.ToString()),
            (UserIdHeader, userId),
            (TimestampHeader, timestamp),
            (SignatureHeader, Convert.ToHexStringLower(signature)),
        ];
    }

    private static byte[] MessageOf(string requestId, string userId, string timestamp, byte[] body) =>
        Encoding.UTF8.GetBytes($"{requestId}\n{userId}\n{timestamp}\n{Convert.ToHexStringLower(SHA256.HashData(body))}");
}
