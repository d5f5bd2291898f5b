using System.Text;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Documents;

/// <summary><c>/llms.txt</c> (llmstxt.org): what this server is, and where its models are described.</summary>
internal static class LlmsIndex
{
    /// <summary>Writes it.</summary>
    public static string Of(IEnumerable<ModelEndpoint> endpoints, DocumentAddresses addresses)
    {
        var text = new StringBuilder($"""
            # Kinora

            > A self-hosted image-to-video server. It speaks the queue protocol of the hosted service, so the official clients work against it.

            - Synchronous runs: `{addresses.Run}/<model id>`
            - Queue: `{addresses.Queue}/<model id>`
            - JavaScript client: `{ClientSetup.OfJavaScript(addresses)}`
            - Python client, over https: `{ClientSetup.OfPython(addresses)}`

            ## Models


            """);
        foreach (var endpoint in endpoints)
            text.Append($"- [{endpoint.Title}]({addresses.LlmsText(endpoint.Id)}): {endpoint.Description}\n");

        text.Append("\n## OpenAPI\n\n");
        foreach (var endpoint in endpoints)
            text.Append($"- `{endpoint.Id}`: [queue]({addresses.QueueOpenApi(endpoint.Id)}), [synchronous runs]({addresses.SyncOpenApi(endpoint.Id)})\n");
        return text.ToString();
    }
}
