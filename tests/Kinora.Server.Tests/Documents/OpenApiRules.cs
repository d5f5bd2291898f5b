using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kinora.Server.Tests.Documents;

/// <summary>
/// The rules of the OpenAPI 3.0 schema (spec.openapis.org/oas/3.0/schema) that a document of ours could break: known keywords only, references that lead
/// somewhere and stand alone, path parameters that are declared, answers that are described.
/// </summary>
internal static partial class OpenApiRules
{
    private static readonly HashSet<string> s_schemaKeywords =
    [
        "title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems",
        "uniqueItems", "maxProperties", "minProperties", "required", "enum", "type", "not", "allOf", "oneOf", "anyOf", "items", "properties",
        "additionalProperties", "description", "format", "default", "nullable", "discriminator", "readOnly", "writeOnly", "example", "externalDocs",
        "deprecated", "xml",
    ];

    private static readonly HashSet<string> s_types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly HashSet<string> s_methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static IReadOnlyList<string> FindFaults(JsonObject document)
    {
        var faults = new List<string>();
        RequireKeys(document, "#", ["openapi", "info", "paths"], ["servers", "components", "security", "tags", "externalDocs"], faults);
        RequireKeys(document["info"]!.AsObject(), "#/info", ["title", "version"], ["description", "termsOfService", "contact", "license"], faults);
        if (!OpenApiVersion().IsMatch(document["openapi"]!.GetValue<string>())) faults.Add("#/openapi is no 3.0 version");
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            if (!ComponentName().IsMatch(name)) faults.Add($"{name} is no component name");
            CheckSchema(document, schema!.AsObject(), "#/components/schemas/" + name, faults);
        }

        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            if (!path.StartsWith('/')) faults.Add($"{path} does not begin with a slash");
            foreach (var (method, operation) in item!.AsObject())
            {
                if (!s_methods.Contains(method)) faults.Add($"{path}: {method}");
                CheckOperation(document, path, operation!.AsObject(), faults);
            }
        }

        return faults;
    }

    private static void CheckOperation(JsonObject document, string path, JsonObject operation, List<string> faults)
    {
        RequireKeys(operation, path, ["responses"], ["tags", "summary", "description", "operationId", "parameters", "requestBody", "security"], faults);
        var parameters = operation["parameters"]?.AsArray() ?? [];
        foreach (var parameter in parameters)
        {
            RequireKeys(parameter!.AsObject(), path, ["name", "in", "schema"], ["description", "required", "example"], faults);
            CheckSchema(document, parameter["schema"]!.AsObject(), path, faults);
            if ((string?)parameter["in"] == "path" && !parameter["required"]!.GetValue<bool>()) faults.Add($"{path}: a path parameter is required");
        }

        var declared = parameters.Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string)parameter!["name"]!);
        if (!declared.Order().SequenceEqual(PathParameter().Matches(path).Select(match => match.Groups[1].Value).Order())) faults.Add($"{path}: other parameters are declared");
        if (operation["requestBody"] is { } body) CheckContent(document, body.AsObject(), path, faults);
        foreach (var (code, answer) in operation["responses"]!.AsObject())
        {
            if (!StatusCode().IsMatch(code)) faults.Add($"{path}: {code}");
            RequireKeys(answer!.AsObject(), $"{path} {code}", ["description"], ["headers", "content", "links"], faults);
            CheckContent(document, answer!.AsObject(), $"{path} {code}", faults);
        }
    }

    private static void CheckContent(JsonObject document, JsonObject holder, string at, List<string> faults)
    {
        foreach (var (_, media) in holder["content"]?.AsObject() ?? [])
            CheckSchema(document, media!["schema"]!.AsObject(), at, faults);
    }

    private static void CheckSchema(JsonObject document, JsonObject schema, string at, List<string> faults)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>()["#/components/schemas/".Length..];
            if (schema.Count > 1 || document["components"]!["schemas"]![name] is null) faults.Add($"{at}: {schema.ToJsonString()}");
            return;
        }

        faults.AddRange(schema.Select(keyword => keyword.Key).Where(keyword => !s_schemaKeywords.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal)).Select(keyword => $"{at}: {keyword}"));
        if (schema["type"] is { } type && !s_types.Contains(type.GetValue<string>())) faults.Add($"{at}: type {type}");
        if ((string?)schema["type"] == "array" != schema["items"] is not null) faults.Add($"{at}: a list has items");
        if (schema["required"] is JsonArray { Count: 0 } or JsonValue) faults.Add($"{at}: required is a list of at least one name");
        if (schema["enum"] is JsonArray { Count: 0 }) faults.Add($"{at}: an enum has values");
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
            CheckSchema(document, property!.AsObject(), $"{at}/{name}", faults);
        if (schema["items"] is JsonObject items) CheckSchema(document, items, at + "/items", faults);
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
            CheckSchema(document, part!.AsObject(), at + "/allOf", faults);
    }

    private static void RequireKeys(JsonObject value, string at, string[] required, string[] optional, List<string> faults)
    {
        faults.AddRange(required.Where(key => !value.ContainsKey(key)).Select(key => $"{at}: {key} is missing"));
        faults.AddRange(value.Select(property => property.Key)
            .Where(key => !required.Contains(key) && !optional.Contains(key) && !key.StartsWith("x-", StringComparison.Ordinal)).Select(key => $"{at}: {key} is unknown"));
    }

    [GeneratedRegex(@"^3\.0\.\d(-.+)?$")]
    private static partial Regex OpenApiVersion();

    [GeneratedRegex(@"^[a-zA-Z0-9\.\-_]+$")]
    private static partial Regex ComponentName();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"^([1-5](?:\d{2}|XX)|default)$")]
    private static partial Regex StatusCode();
}
