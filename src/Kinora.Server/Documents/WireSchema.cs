using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kinora.Client.Contracts;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Documents;

/// <summary>OpenAPI schemas of the wire's records, read off the very metadata that writes them: a document cannot say what an answer does not hold.</summary>
internal static class WireSchema
{
    /// <summary>Names that the hosted service uses; the other records keep their own.</summary>
    private static readonly Dictionary<Type, string> s_names = new()
    {
        [typeof(VideoFile)] = "File",
        [typeof(ErrorDetail)] = "ValidationError",
        [typeof(ModelErrorBody)] = "HTTPValidationError",
        [typeof(RequestErrorBody)] = "RequestError",
    };

    private static readonly Dictionary<(Type, string), string> s_descriptions = new()
    {
        [Key<QueueStatus>(nameof(QueueStatus.RequestId))] = "The request id.",
        [Key<QueueStatus>(nameof(QueueStatus.ResponseUrl))] = "Where the result is fetched.",
        [Key<QueueStatus>(nameof(QueueStatus.StatusUrl))] = "Where the status is fetched.",
        [Key<QueueStatus>(nameof(QueueStatus.CancelUrl))] = "Where a PUT cancels.",
        [Key<QueueStatus>(nameof(QueueStatus.QueuePosition))] = "How many requests are ahead; only while waiting.",
        [Key<QueueStatus>(nameof(QueueStatus.Logs))] = "Log lines, null when they were not asked for.",
        [Key<QueueStatus>(nameof(QueueStatus.Error))] = "Why a completed request failed; left out if it did not.",
        [Key<QueueStatus>(nameof(QueueStatus.ErrorType))] = "The same for programs.",
        [Key<QueueMetrics>(nameof(QueueMetrics.InferenceTime))] = "Seconds from the start of the work to its end.",
        [Key<VideoOutput>(nameof(VideoOutput.Video))] = "The generated video",
        [Key<VideoOutput>(nameof(VideoOutput.Seed))] = "The seed that the clip was made with: the same input and seed give the same clip. Kinora's own field.",
        [Key<VideoFile>(nameof(VideoFile.Url))] = "The URL where the file can be downloaded from.",
        [Key<VideoFile>(nameof(VideoFile.ContentType))] = "The mime type of the file.",
        [Key<VideoFile>(nameof(VideoFile.FileName))] = "The name of the file.",
        [Key<VideoFile>(nameof(VideoFile.FileSize))] = "The size of the file in bytes.",
        [Key<ErrorDetail>(nameof(ErrorDetail.Loc))] = "Where: body, then field names and list indices.",
        [Key<ErrorDetail>(nameof(ErrorDetail.Type))] = "What is wrong, for programs.",
        [Key<ErrorDetail>(nameof(ErrorDetail.Msg))] = "What is wrong, for people.",
    };

    /// <summary>Refers to the schema of a record.</summary>
    /// <param name="components">Where named schemas go.</param>
    /// <param name="name">The name to use instead of the record's; null for its usual one.</param>
    public static JsonObject Refer<T>(SchemaComponents components, string? name = null) => Refer(components, typeof(T), name);

    /// <summary>The fields of a record as people read them: name, type, whether it is always there, and what it is.</summary>
    public static IEnumerable<(string Name, string Type, bool IsRequired, string Description)> FieldsOf<T>() => PropertiesOf(typeof(T)).Select(property =>
        (property.Name, TypeName(property.PropertyType), property.IsRequired, s_descriptions.GetValueOrDefault((typeof(T), property.Name), "")));

    private static (Type, string) Key<T>(string property) => (typeof(T), JsonNamingPolicy.SnakeCaseLower.ConvertName(property));

    private static IEnumerable<JsonPropertyInfo> PropertiesOf(Type type) => WireJson.Plain.GetTypeInfo(type)!.Properties.Where(property => property.Get is not null);

    private static JsonObject Refer(SchemaComponents components, Type type, string? name = null) =>
        components.Refer(name ?? NameOf(type), () => DescribeRecord(components, type, name ?? NameOf(type)));

    private static string NameOf(Type type) => s_names.GetValueOrDefault(type, type.Name);

    private static string TypeName(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.String => "string",
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double => "float",
        _ => NameOf(type),
    };

    private static JsonObject DescribeRecord(SchemaComponents components, Type type, string name)
    {
        var properties = PropertiesOf(type).ToList();
        var schema = new JsonObject
        {
            ["title"] = name,
            ["type"] = "object",
            ["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, DescribeProperty(components, type, property)))),
            ["x-fal-order-properties"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Name)]),
        };
        if (properties.Any(property => property.IsRequired))
            schema["required"] = new JsonArray([.. properties.Where(property => property.IsRequired).Select(property => (JsonNode)property.Name)]);
        return schema;
    }

    private static JsonObject DescribeProperty(SchemaComponents components, Type owner, JsonPropertyInfo property)
    {
        var schema = DescribeType(components, property.PropertyType);
        // In OpenAPI 3.0 nothing may stand beside a reference (section 4.8.23), so it is wrapped.
        if (schema.ContainsKey("$ref"))
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        if (property.IsGetNullable && !property.IsRequired)
            schema["nullable"] = true;
        if (s_descriptions.TryGetValue((owner, property.Name), out var description))
            schema["description"] = description;
        return schema;
    }

    private static JsonObject DescribeType(SchemaComponents components, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetValues(plain).Cast<object>().Select(WordOf)]) };
        if (plain == typeof(DateTimeOffset))
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (plain == typeof(JsonObject))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = true };
        if (plain == typeof(JsonNode) || plain == typeof(object))
            return [];
        if (plain.IsGenericType && plain.IsAssignableTo(typeof(IEnumerable)))
            return new JsonObject { ["type"] = "array", ["items"] = DescribeType(components, plain.GetGenericArguments()[0]) };
        return TypeName(plain) switch
        {
            "string" => new JsonObject { ["type"] = "string" },
            "integer" => new JsonObject { ["type"] = "integer" },
            "float" => new JsonObject { ["type"] = "number" },
            _ => Refer(components, plain),
        };
    }

    /// <summary>A word of the wire.</summary>
    public static JsonNode? WordOf(object value) => JsonSerializer.SerializeToNode(value, WireJson.Plain.GetTypeInfo(value.GetType())!);
}
