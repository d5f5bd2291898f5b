using System.Text.Json.Serialization;

namespace Kinora.Client;

/// <summary>What upload calls say. Parts have camel-case names on the wire, everything else snake-case ones.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenedUpload))]
[JsonSerializable(typeof(UploadedPart))]
[JsonSerializable(typeof(UploadCompletion))]
internal sealed partial class UploadJson : JsonSerializerContext;

/// <summary>The answer to an announcement: where the content goes, and where the file will be.</summary>
internal sealed record OpenedUpload(Uri UploadUrl, Uri FileUrl);

/// <summary>The answer to a part, which the list of all parts repeats.</summary>
internal sealed record UploadedPart([property: JsonPropertyName("partNumber")] int PartNumber, [property: JsonPropertyName("etag")] string Etag);

/// <summary>The list of all parts, in their order.</summary>
internal sealed record UploadCompletion(IReadOnlyList<UploadedPart> Parts);
