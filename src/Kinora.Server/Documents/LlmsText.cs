using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Documents;

/// <summary><c>/models/{endpoint}/llms.txt</c>: a model's page for programs that read text, in the hosted service's sections and wording of facts.</summary>
internal static class LlmsText
{
    /// <summary>Writes the page.</summary>
    public static string Of(ModelEndpoint endpoint, DocumentAddresses addresses) => $"""
        # {endpoint.Title}

        > {endpoint.Description}


        ## Overview

        - **Endpoint**: `{addresses.Run}/{endpoint.Id}`
        - **Model ID**: `{endpoint.Id}`
        - **Category**: {endpoint.Category}
        - **Kind**: inference
        **Tags**: {string.Join(", ", endpoint.Tags)}



        ## Pricing

        {DescribePrice(endpoint.Price)}

        For more details, see [fal.ai pricing](https://fal.ai/pricing).

        ## API Information

        This model can be used via our HTTP API or more conveniently via the hosted service's client libraries.
        See the input and output schema below, as well as the usage examples.


        ### Input Schema

        The API accepts the following input parameters:


        {string.Join("\n\n", endpoint.Input.Fields.Select(DescribeField))}



        **Required Parameters Example**:

        {Json(endpoint.RequiredExample)}

        **Full Example**:

        {Json(endpoint.FullExample)}


        ### Output Schema

        The API returns the following output format:

        {string.Join("\n\n", WireSchema.FieldsOf<VideoOutput>().Select(field => DescribeOutput(field, OutputExample(endpoint, addresses))))}



        **Example Response**:

        {Json(OutputExample(endpoint, addresses))}


        {LlmsExamples.Of(endpoint, addresses)}


        ## Additional Resources

        ### Documentation

        - [OpenAPI Schema]({addresses.QueueOpenApi(endpoint.Id)})
        - [OpenAPI Schema of synchronous runs]({addresses.SyncOpenApi(endpoint.Id)})
        - [All models of this server]({addresses.Run}/llms.txt)

        ### fal.ai Platform

        - [Platform Documentation](https://docs.fal.ai)
        - [Python Client](https://docs.fal.ai/clients/python)
        - [JavaScript Client](https://docs.fal.ai/clients/javascript)

        """;

    private static string DescribePrice(EndpointPrice price)
    {
        const int seconds = 5;
        var offers = new List<(string Of, decimal PerSecond)> { ("", price.AudioOff) };
        if (price.AudioOn != price.AudioOff)
            offers = [(" without sound", price.AudioOff), (" with sound", price.AudioOn)];
        if (price.VoiceControl is { } voice)
            offers.Add((" with sound and voice control", voice));

        var charges = string.Join(", ", offers.Select(offer => string.Create(CultureInfo.InvariantCulture, $"**${offer.PerSecond}**{offer.Of}")));
        var costs = string.Join(", ", offers.Select(offer => string.Create(CultureInfo.InvariantCulture, $"**${offer.PerSecond * seconds:0.00##}**{offer.Of}")));
        return $"For every second of video you generate, the hosted service charges {charges}. For example, a **{seconds}s** video would cost {costs}. This server charges nothing.";
    }

    private static string DescribeField(InputField field)
    {
        var schema = field.DescribeType(new SchemaComponents());
        var text = new StringBuilder($"- **`{field.Name}`** (`{field.TypeName}`, _{(field.IsRequired ? "required" : "optional")}_):\n  {field.Description}");
        if (field.DefaultJson is { } standard)
            text.Append($" Default value: `{LlmsJson.Compact(standard)}`\n  - Default: `{LlmsJson.Compact(standard)}`");
        if (schema["enum"] is JsonArray options)
            text.Append("\n  - Options: " + string.Join(", ", options.Select(option => $"`{LlmsJson.Compact(option)}`")));
        if (schema["maximum"] is { } maximum)
            text.Append($"\n  - Range: `{LlmsJson.Compact(schema["minimum"])}` to `{LlmsJson.Compact(maximum)}`");
        if (schema["items"] is not null)
            text.Append($"\n  - Array of {field.TypeName["list<".Length..^1]}");
        if (field.Examples.Count > 0)
            text.Append("\n  - Examples: " + string.Join(", ", field.Examples.Select(LlmsJson.Compact)));
        return text.ToString();
    }

    private static string DescribeOutput((string Name, string Type, bool IsRequired, string Description) field, JsonObject example) =>
        $"- **`{field.Name}`** (`{field.Type}`, _{(field.IsRequired ? "required" : "optional")}_):\n  {field.Description}\n  - Examples: {LlmsJson.Compact(example[field.Name])}";

    private static JsonObject OutputExample(ModelEndpoint endpoint, DocumentAddresses addresses) => new()
    {
        ["video"] = new JsonObject
        {
            ["url"] = $"{addresses.Run}/files/b/0a9ea0a1/Ayb-2fiZBthFQp-kLrw4M_{endpoint.OutputFileName}",
            ["content_type"] = "video/mp4",
            ["file_name"] = endpoint.OutputFileName,
            ["file_size"] = 9274380,
        },
        ["seed"] = 1234567,
    };

    private static string Json(JsonNode node) => $"```json\n{LlmsJson.Indented(node, 2)}\n```";
}
