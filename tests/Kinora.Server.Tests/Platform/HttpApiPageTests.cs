using System.Runtime.CompilerServices;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Platform;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Platform;

/// <summary>The page docs/http-api.md names what is there.</summary>
public sealed class HttpApiPageTests
{
    private static readonly string s_page = File.ReadAllText(PageFile());

    [Fact]
    public async Task Every_route_of_the_platform_API_is_on_it()
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var route in server.Get<PlatformRoutes>().All)
        {
            var name = route.Pattern.StartsWith("keys/", StringComparison.Ordinal) ? "{key_id}" : "{request_id}";
            Assert.Contains($"`{route.Method} /v1/{route.Pattern.Replace("{id}", name, StringComparison.Ordinal)}`", s_page);
        }
    }

    [Fact]
    public void Every_endpoint_is_on_it_with_its_size() =>
        Assert.All(KlingEndpoints.All, endpoint => Assert.Contains($"| `{endpoint.Id}` | {endpoint.Resolution.Name} |", s_page));

    private static string PageFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "http-api.md"));
}
