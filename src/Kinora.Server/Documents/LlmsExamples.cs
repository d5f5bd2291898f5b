using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Documents;

/// <summary>The section of usage examples: the smallest input that works, by cURL and both official clients, ready to be pasted.</summary>
internal static class LlmsExamples
{
    /// <summary>Writes the section.</summary>
    public static string Of(ModelEndpoint endpoint, DocumentAddresses addresses)
    {
        var input = SmallestInput(endpoint);
        return $$"""
            ## Usage Examples

            ### cURL

            ```bash
            curl --request POST \
              --url {{addresses.Run}}/{{endpoint.Id}} \
              --header "Authorization: Key $FAL_KEY" \
              --header "Content-Type: application/json" \
              --data '{{LlmsJson.Indented(input, 2).Replace("\n", "\n   ", StringComparison.Ordinal)}}'
            ```

            ### Python

            Ensure you have the Python client installed, and point it at this server, which it must reach over https:

            ```bash
            pip install fal-client
            {{ClientSetup.OfPython(addresses)}}
            ```

            Then use the API client to make requests:

            ```python
            import fal_client

            def on_queue_update(update):
                if isinstance(update, fal_client.InProgress):
                    for log in update.logs:
                       print(log["message"])

            result = fal_client.subscribe(
                "{{endpoint.Id}}",
                arguments={{LlmsJson.Indented(input, 4).Replace("\n", "\n    ", StringComparison.Ordinal)}},
                with_logs=True,
                on_queue_update=on_queue_update,
            )
            print(result)
            ```

            ### JavaScript

            Ensure you have the JavaScript client installed:

            ```bash
            npm install --save @fal-ai/client
            ```

            Then use the API client to make requests:

            ```javascript
            import { fal } from "@fal-ai/client";

            {{ClientSetup.OfJavaScript(addresses)}}

            const result = await fal.subscribe("{{endpoint.Id}}", {
              input: {
            {{string.Join(",\n", input.Select(field => $"    {field.Key}: {LlmsJson.Compact(field.Value)}"))}}
              },
              logs: true,
              onQueueUpdate: (update) => {
                if (update.status === "{{InProgress}}") {
                  update.logs.map((log) => log.message).forEach(console.log);
                }
              },
            });
            console.log(result.data);
            console.log(result.requestId);
            ```
            """;
    }

    private static string InProgress => WireSchema.WordOf(Client.Contracts.QueueState.InProgress)!.GetValue<string>();

    /// <summary>The required fields, and where those are not enough (one of two must be given) as many of the documented ones as it takes.</summary>
    private static JsonObject SmallestInput(ModelEndpoint endpoint)
    {
        var input = endpoint.RequiredExample;
        foreach (var (name, value) in endpoint.FullExample)
        {
            if (endpoint.Validate(input) is InputValidation.Accepted)
                break;
            input.TryAdd(name, value?.DeepClone());
        }

        return input;
    }
}
