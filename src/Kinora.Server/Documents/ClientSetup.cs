namespace Kinora.Server.Documents;

/// <summary>The one line that points an official client at this server.</summary>
internal static class ClientSetup
{
    /// <summary>For <c>@fal-ai/client</c>.</summary>
    public static string OfJavaScript(DocumentAddresses addresses) =>
        $$"""fal.config({ proxyUrl: { url: "{{addresses.Proxy}}", when: "always" } });""";

    /// <summary>For <c>fal-client</c>, which speaks https only.</summary>
    public static string OfPython(DocumentAddresses addresses) => $"export FAL_RUN_HOST={addresses.RunHost} FAL_QUEUE_RUN_HOST={addresses.QueueHost}";
}
