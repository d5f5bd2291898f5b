using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The typed input of one endpoint. What is left null is not sent, and the server takes its default.</summary>
public abstract record ModelInput
{
    private protected ModelInput()
    {
    }

    /// <summary>The endpoint that takes this input.</summary>
    [JsonIgnore]
    public abstract string EndpointId { get; }

    /// <summary>The input as it goes over the wire.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, WireJson.Plain.GetTypeInfo(GetType())!)!.AsObject();
}
