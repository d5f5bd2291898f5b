using Kinora.Server.Endpoints.Kling;

namespace Kinora.Cli.Tests;

/// <summary>The documents of a real server process against the OpenAPI Initiative's own schema, by somebody else's validator.</summary>
public sealed class OpenApiSchemaTests
{
    [Fact]
    public async Task Every_document_is_valid_OpenAPI_3_0()
    {
        var validator = Path.Combine(ClientFolders.Clients, "openapi");
        await NpmPackages.InstallAsync(validator);
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0");
        string[] urls = [.. KlingEndpoints.All.SelectMany(endpoint => Documents.Select(kind => $"{server.Address}api/openapi/{kind}/openapi.json?endpoint_id={endpoint.Id}"))];

        var output = await ToolRun.RunAsync(validator, "node", ["validate.js", .. urls]);

        Assert.Equal(urls.Length, output.Split('\n').Count(line => line.StartsWith("valid 3.0 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_no_OpenAPI_document_is_told_apart()
    {
        var validator = Path.Combine(ClientFolders.Clients, "openapi");
        await NpmPackages.InstallAsync(validator);
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0");

        var run = await ToolRun.TryRunAsync(validator, "node", ["validate.js", $"{server.Address}v1/models"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("INVALID", run.Output, StringComparison.Ordinal);
    }

    private static string[] Documents => ["queue", "sync"];
}
