using System.Buffers.Text;
using System.Text.Json;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Webhooks;

/// <summary><c>GET /.well-known/jwks.json</c>: the public keys of the signatures (RFC 7517, RFC 8037), for everyone.</summary>
internal sealed class JwksEndpoint(WebhookKeyRing keys)
{
    public const string Path = "/.well-known/jwks.json";

    /// <summary>Answers 200 with every key whose signatures are to be accepted.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var published = await keys.FindPublishedAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        await JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, published, Write);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<WebhookKey> published)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (var key in published)
        {
            writer.WriteStartObject();
            writer.WriteString("kty", "OKP");
            writer.WriteString("crv", "Ed25519");
            writer.WriteString("x", Base64Url.EncodeToString(key.PublicKey));
            writer.WriteString("kid", key.Id);
            writer.WriteString("use", "sig");
            writer.WriteString("alg", "EdDSA");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
