using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary>Reads a JSON body of the platform API.</summary>
internal static class PlatformBody
{
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads the whole body as an object.</summary>
    /// <exception cref="PlatformRefusedException">It is too large, no JSON object, or not declared as JSON.</exception>
    public static async Task<JsonObject> ReadAsync(PlatformCall call)
    {
        // A page of another origin may send text without asking first, but not JSON: so no page can make keys on a server without keys.
        if (!call.Http.Request.HasJsonContentType())
            throw new PlatformRefusedException(StatusCodes.Status415UnsupportedMediaType, "validation_error", "The body must be application/json.");
        var body = await RequestBody.ReadAsync(call.Http.Request, MaxBytes, call.Aborted);
        if (body.IsTooLarge)
            throw new PlatformRefusedException(StatusCodes.Status413PayloadTooLarge, "validation_error", $"The body is larger than {MaxBytes} bytes.");
        if (body.Text is null || !JsonBody.TryParse(Encoding.UTF8.GetBytes(body.Text), out var json, out _) || json is not JsonObject given)
            throw PlatformRefusedException.Invalid("The body must be a JSON object.");
        return given;
    }

    /// <summary>A string of the body, or null if it is left out.</summary>
    /// <exception cref="PlatformRefusedException">It is something else.</exception>
    public static string? Text(JsonObject body, string name)
    {
        if (body[name] is not { } value)
            return null;
        return JsonText.TryRead(value, out var text) ? text : throw PlatformRefusedException.Invalid($"{name} must be a string.");
    }
}
