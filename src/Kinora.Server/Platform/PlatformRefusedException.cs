using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary>A call that cannot be answered as it is. It ends in the platform API's own envelope.</summary>
internal sealed class PlatformRefusedException(int statusCode, string type, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>What is wrong, for programs.</summary>
    public string Type { get; } = type;

    /// <summary>400: a parameter or the body is not what it must be.</summary>
    public static PlatformRefusedException Invalid(string message) => new(StatusCodes.Status400BadRequest, "validation_error", message);

    /// <summary>404.</summary>
    public static PlatformRefusedException NotFound(string message) => new(StatusCodes.Status404NotFound, "not_found", message);

    /// <summary>401 or 403.</summary>
    public static PlatformRefusedException Unauthorized(int statusCode, string message) => new(statusCode, "authorization_error", message);
}
