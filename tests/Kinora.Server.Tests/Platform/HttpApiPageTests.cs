using System.Reflection;
using System.Runtime.CompilerServices;
using Kinora.Server.Api;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Faults;
using Kinora.Server.Platform;
using Kinora.Server.Tests.Api;
using Kinora.Server.Uploads;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Routing;

namespace Kinora.Server.Tests.Platform;

/// <summary>The page docs/http-api.md names what is there.</summary>
public sealed class HttpApiPageTests
{
    private static readonly string s_page = File.ReadAllText(PageFile("http-api.md"));

    public static TheoryData<string> Headers =>
    [
        .. typeof(WireHeaders).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!),
        FaultGate.Header, FileLifecycle.Header, FileLifecycle.PreferenceHeader, UploadEndpoint.FileNameHeader, WebhookSignature.RequestIdHeader,
    ];

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
    public async Task Every_other_route_is_on_it()
    {
        await using var server = await ApiServer.StartAsync();
        var mapped = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).Where(pattern => pattern != "/{**path}").ToList();

        Assert.Contains("/healthz", mapped);
        Assert.All(
            [.. mapped, JwksEndpoint.Path, DeliveryEndpoints.Prefix, DeliveryEndpoints.Prefix + "/{request_id}", DeliveryEndpoints.Prefix + "/{request_id}/redeliver"],
            pattern => Assert.Contains($" {pattern.Split("{**")[0].Replace("{owner}", "{key_id}", StringComparison.Ordinal)}", s_page));
    }

    [Theory]
    [InlineData("POST /queue/{id}")]
    [InlineData("GET /queue/{app}/requests/{request_id}/status")]
    [InlineData("GET …/status/stream")]
    [InlineData("GET …/requests/{request_id}")]
    [InlineData("PUT …/requests/{request_id}/cancel")]
    [InlineData("POST /{id}")]
    [InlineData("POST /{id}/stream")]
    [InlineData("POST /storage/auth/token")]
    [InlineData("POST /storage/upload/initiate")]
    [InlineData("POST /storage/upload/initiate-multipart")]
    [InlineData("POST /files/upload")]
    [InlineData("POST /files/upload/multipart")]
    public void A_route_of_the_protocol_is_on_it(string route) => Assert.Contains($"`{route}`", s_page);

    [Theory]
    [MemberData(nameof(Headers))]
    public void Every_header_is_on_it(string name) => Assert.Contains($"`{name}", s_page, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Every_error_type_is_on_the_page_of_faults()
    {
        var page = File.ReadAllText(PageFile("faults.md"));
        Assert.All(ErrorTypes.All, type => Assert.Contains($"`{type.Name}`", page));
    }

    [Fact]
    public void Every_endpoint_is_on_it_with_its_size() =>
        Assert.All(KlingEndpoints.All, endpoint => Assert.Contains($"| `{endpoint.Id}` | {endpoint.Resolution.Name} |", s_page));

    private static string PageFile(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", name));
}
