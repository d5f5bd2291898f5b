namespace Kinora.Jobs.Webhooks;

/// <summary>A key pair that signs webhooks.</summary>
/// <param name="Id">Names it in the published set.</param>
/// <param name="Seed">The private key: 32 random bytes (RFC 8032, section 5.1.5). Never logged, never sent.</param>
/// <param name="PublicKey">32 bytes.</param>
/// <param name="SignsFrom">From when on it signs, until a newer one does.</param>
public sealed record WebhookKey(string Id, byte[] Seed, byte[] PublicKey, DateTimeOffset SignsFrom);
