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

    /// <summary>The pictures and videos in it, those that are left out as null.</summary>
    private protected abstract IEnumerable<MediaInput?> Media { get; }

    /// <summary>The input as it goes over the wire.</summary>
    /// <exception cref="InvalidOperationException">A picture or video in it is not uploaded yet: the calls that send an input do that first.</exception>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, WireJson.Plain.GetTypeInfo(GetType())!)!.AsObject();

    /// <summary>Uploads what has no address yet and gives the input as it goes over the wire.</summary>
    internal async Task<JsonObject> UploadAsync(Storage storage, CancellationToken cancellationToken)
    {
        foreach (var media in Media.OfType<MediaInput>())
            await media.UploadAsync(storage, cancellationToken);
        return ToJson();
    }
}
