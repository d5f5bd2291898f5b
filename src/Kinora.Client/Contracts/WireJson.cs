using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>
/// How the wire's records become JSON: snake_case, nulls left out (except <see cref="QueueStatus.Logs"/>), generated at compile time.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(VideoOutput))]
[JsonSerializable(typeof(CancelAnswer))]
[JsonSerializable(typeof(ModelErrorBody))]
[JsonSerializable(typeof(RequestErrorBody))]
[JsonSerializable(typeof(KlingV3StandardInput))]
[JsonSerializable(typeof(KlingV3TurboStandardInput))]
[JsonSerializable(typeof(KlingV3ProInput))]
[JsonSerializable(typeof(KlingV34KInput))]
[JsonSerializable(typeof(KlingV3TurboProInput))]
[JsonSerializable(typeof(KlingO3StandardInput))]
[JsonSerializable(typeof(KlingO3ProInput))]
[JsonSerializable(typeof(KlingO34KInput))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// The context to read and write with. Quotes, ampersands and letters of any script stand for themselves, as FastAPI writes them:
    /// these bodies travel as <c>application/json</c> and are never pasted into HTML.
    /// </summary>
    public static WireJson Plain => field ??= new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
