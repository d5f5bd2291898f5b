using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>The answers that belong to uploads.</summary>
internal static class UploadResponses
{
    /// <summary>Answers with properties of text.</summary>
    public static Task WriteAsync(HttpResponse response, params (string Name, string Value)[] properties) =>
        JsonResponse.WriteAsync(response, StatusCodes.Status200OK, properties, static (writer, all) =>
        {
            writer.WriteStartObject();
            foreach (var (name, value) in all) writer.WriteString(name, value);
            writer.WriteEndObject();
        });

    /// <summary>Answers a part as both clients want it: one reads the header, the other the body.</summary>
    public static Task WritePartAsync(HttpResponse response, int number, string tag)
    {
        response.Headers.ETag = Quote(tag);
        return JsonResponse.WriteAsync(response, StatusCodes.Status200OK, (number, tag), static (writer, part) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("partNumber", part.number);
            writer.WriteString("etag", Quote(part.tag));
            writer.WriteEndObject();
        });
    }

    /// <summary>Answers with why not.</summary>
    public static Task WriteAsync(HttpResponse response, UploadRefusal refusal) => ErrorResponses.WriteAsync(
        response, refusal.StatusCode, refusal.Message, refusal.StatusCode == StatusCodes.Status400BadRequest ? "bad_request" : null);

    private static string Quote(string tag) => $"\"{tag}\"";
}
