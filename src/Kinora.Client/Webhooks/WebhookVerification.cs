using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kinora.Client.Webhooks;

/// <summary>
/// Tells whether a webhook comes from the server whose keys were fetched, unchanged and recently. It works for Kinora and for the hosted service. Keep one per
/// server; it may be called from any thread. A delivery may come twice: know it by its request id.
/// </summary>
/// <param name="http">Fetches the keys.</param>
/// <param name="keysUrl">Where they are, for example <c>http://127.0.0.1:7860/.well-known/jwks.json</c>.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class WebhookVerification(HttpClient http, Uri keysUrl, TimeProvider? time = null)
{
    /// <summary>How far the sender's clock and the receiver's may be apart: five minutes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_longestKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_shortestKept = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private volatile KeySet? _keys;

    /// <summary>Verifies one delivery. Unknown keys are looked for once more at the server, at most once a minute.</summary>
    /// <param name="header">Gives the value of a request header by its name, or null; names are compared without regard to case.</param>
    /// <param name="body">The request's body, byte for byte as it came.</param>
    /// <param name="cancellationToken">Ends the fetching of keys.</param>
    /// <returns>False: do not trust it.</returns>
    /// <exception cref="HttpRequestException">The keys could not be fetched.</exception>
    /// <exception cref="JsonException">What was fetched is no key set.</exception>
    public async Task<bool> VerifyAsync(Func<string, string?> header, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        var requestId = header("X-Fal-Webhook-Request-Id");
        var userId = header("X-Fal-Webhook-User-Id");
        var timestamp = header("X-Fal-Webhook-Timestamp");
        if (requestId is null || userId is null || timestamp is null || !IsRecent(timestamp) || ReadSignature(header("X-Fal-Webhook-Signature")) is not { } signature)
            return false;

        var message = Encoding.UTF8.GetBytes($"{requestId}\n{userId}\n{timestamp}\n{Convert.ToHexStringLower(SHA256.HashData(body.Span))}");
        if (_keys is { } known && !IsOlder(known, s_longestKept) && known.AnyAccepts(message, signature)) return true;
        if (_keys is { } young && !IsOlder(young, s_shortestKept)) return false;

        _keys = new KeySet(await FetchAsync(cancellationToken), _time.GetUtcNow());
        return _keys.AnyAccepts(message, signature);
    }

    private bool IsRecent(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds;

    private bool IsOlder(KeySet keys, TimeSpan age) => _time.GetUtcNow() - keys.FetchedAt >= age;

    private static byte[]? ReadSignature(string? hex)
    {
        var signature = new byte[64];
        return hex?.Length == 128 && Convert.FromHexString(hex, signature, out _, out _) == System.Buffers.OperationStatus.Done ? signature : null;
    }

    private async Task<IReadOnlyList<byte[]>> FetchAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await http.GetByteArrayAsync(keysUrl, cancellationToken));
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException($"Expected a key set with \"keys\" at {keysUrl}.");
        return [.. keys.EnumerateArray().Select(ReadKey).OfType<byte[]>()];
    }

    // Keys of other kinds are none of ours.
    private static byte[]? ReadKey(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object
        && key.TryGetProperty("kty", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals("OKP")
        && key.TryGetProperty("x", out var x) && x.ValueKind == JsonValueKind.String && Base64Url.IsValid(x.GetString())
            ? Base64Url.DecodeFromChars(x.GetString())
            : null;

    private sealed record KeySet(IReadOnlyList<byte[]> Keys, DateTimeOffset FetchedAt)
    {
        public bool AnyAccepts(byte[] message, byte[] signature) => Keys.Any(key => Ed25519Verification.Verify(key, message, signature));
    }
}
