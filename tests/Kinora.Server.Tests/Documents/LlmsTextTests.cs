using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Documents;

/// <summary>A model's page against the hosted service's page of the same model, section by section.</summary>
public sealed class LlmsTextTests
{
    private static readonly string[] s_sameSections =
    [
        "Overview", "API Information", "Output Schema", "Usage Examples", "cURL", "JavaScript", "fal.ai Platform",
    ];

    [Fact]
    public async Task The_page_has_the_hosted_sections_in_their_order()
    {
        var (ours, hosted) = await ReadBothAsync();

        Assert.Equal(hosted.Select(section => section.Heading), ours.Select(section => section.Heading));
        Assert.Equal("# Kling Video V3 Standard Turbo Image to Video", ours[0].Heading);
    }

    [Fact]
    public async Task What_is_a_fact_of_the_model_is_said_as_there()
    {
        var (ours, hosted) = await ReadBothAsync();

        foreach (var (mine, theirs) in ours.Zip(hosted))
        {
            if (!s_sameSections.Any(section => theirs.Heading.EndsWith(section, StringComparison.Ordinal)))
                continue;
            Assert.Empty(FactsOf(theirs.Body).Except(FactsOf(mine.Body)));
        }
    }

    [Fact]
    public async Task Every_parameter_has_its_line_its_default_its_options_and_its_examples()
    {
        var (ours, hosted) = await ReadBothAsync();
        var (mine, theirs) = (Find(ours, "Input Schema"), Find(hosted, "Input Schema"));

        Assert.Empty(theirs.Where(IsFactOfAField).Except(mine));
        Assert.Equal(
            ["- **`prompt`** (`string`, _optional_):", "- **`multi_prompt`** (`list<KlingV3MultiPromptElement>`, _optional_):", "- **`image_url`** (`string`, _required_):", "- **`duration`** (`DurationEnum`, _optional_):", "- **`seed`** (`integer`, _optional_):"],
            mine.Where(line => line.StartsWith("- **`", StringComparison.Ordinal)));
        Assert.Equal(JsonBlocks(theirs), JsonBlocks(mine));
    }

    [Fact]
    public async Task The_price_is_the_hosted_one()
    {
        var (ours, hosted) = await ReadBothAsync();
        var (mine, theirs) = (string.Join('\n', Find(ours, "Pricing")), string.Join('\n', Find(hosted, "Pricing")));

        Assert.All(["**$0.112**", "**5s**", "**$0.56**", "fal.ai/pricing"], fact => Assert.Contains(fact, theirs));
        Assert.All(["**$0.112**", "**5s**", "**$0.56**", "fal.ai/pricing"], fact => Assert.Contains(fact, mine));
    }

    [Fact]
    public async Task Every_model_has_a_page_whose_first_example_is_an_acceptable_input()
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var endpoint in KlingEndpoints.All)
        {
            var page = await server.SendAsync("GET", $"/models/{endpoint.Id}/llms.txt");
            Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8"), (page.StatusCode, page.ContentType));
            var curl = page.Body[(page.Body.IndexOf("--data '", StringComparison.Ordinal) + "--data '".Length)..];
            var input = JsonNode.Parse(curl[..curl.IndexOf('\'', StringComparison.Ordinal)]);
            Assert.IsType<Kinora.Server.Endpoints.InputValidation.Accepted>(endpoint.Validate(input));
            Assert.Contains($"--url http://{server.Authority}/{endpoint.Id} ", page.Body);
            Assert.Contains($"FAL_RUN_HOST={server.Authority} FAL_QUEUE_RUN_HOST={server.Authority}/queue", page.Body);
            Assert.Contains($"http://{server.Authority}/api/fal/proxy", page.Body);
        }
    }

    [Fact]
    public async Task Prices_that_depend_on_sound_are_all_named()
    {
        await using var server = await ApiServer.StartAsync();

        var page = (await server.SendAsync("GET", $"/models/{ApiServer.Standard}/llms.txt")).Body;

        Assert.Contains("**$0.084** without sound, **$0.126** with sound, **$0.154** with sound and voice control", page);
        Assert.Contains("**$0.42** without sound, **$0.63** with sound, **$0.77** with sound and voice control", page);
    }

    [Fact]
    public async Task The_index_leads_to_every_page_and_every_document()
    {
        await using var server = await ApiServer.StartAsync();

        var index = (await server.SendAsync("GET", "/llms.txt")).Body;

        var links = index.Split('(', ')').Where(part => part.StartsWith("http://", StringComparison.Ordinal)).ToList();
        Assert.Equal(3 * KlingEndpoints.All.Count, links.Count);
        foreach (var link in links)
            Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", new Uri(link).PathAndQuery)).StatusCode);
    }

    [Theory]
    [InlineData("/models/fal-ai/kling-video/v3/standard/text-to-video/llms.txt")]
    [InlineData("/models/llms.txt")]
    [InlineData("/models/fal-ai/kling-video/v3/standard/image-to-video")]
    public async Task There_is_no_page_of_what_is_not_here(string path)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.SendAsync("GET", path);

        Assert.Equal((HttpStatusCode.NotFound, $"Path {path} not found"), (answer.StatusCode, (string?)answer.Json["detail"]));
    }

    private static async Task<(List<(string Heading, string[] Body)> Ours, List<(string Heading, string[] Body)> Hosted)> ReadBothAsync()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await server.SendAsync("GET", $"/models/{ApiServer.Turbo}/llms.txt");
        var hosted = await File.ReadAllTextAsync(HostedPage());
        return (Split(page.Body.Replace($"http://{server.Authority}/", "https://fal.run/", StringComparison.Ordinal)), Split(hosted));
    }

    private static List<(string Heading, string[] Body)> Split(string page)
    {
        var sections = new List<(string Heading, List<string> Body)>();
        var isCode = false;
        foreach (var line in page.Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.StartsWith('#')) sections.Add((line, []));
            else sections[^1].Body.Add(line.TrimEnd());
        }

        return [.. sections.Select(section => (section.Heading, section.Body.ToArray()))];
    }

    private static string[] Find(List<(string Heading, string[] Body)> page, string heading) => page.Single(section => section.Heading.EndsWith(heading, StringComparison.Ordinal)).Body;

    // Prose is in our own words, and what an output looks like is an example; all other lines must be there.
    private static IEnumerable<string> FactsOf(IEnumerable<string> body) => body.Where(line =>
        line.Length > 0 && !line.StartsWith("This model can be used", StringComparison.Ordinal) && !line.Contains("  - Examples: {", StringComparison.Ordinal)
        && !line.Contains("\"url\": ", StringComparison.Ordinal) && !line.Contains("\"file_size\": ", StringComparison.Ordinal) && line is not "  }");

    private static bool IsFactOfAField(string line) => line.StartsWith("- **`", StringComparison.Ordinal) || line.StartsWith("  - ", StringComparison.Ordinal);

    private static IEnumerable<string> JsonBlocks(string[] section) => string.Join('\n', section).Split("```").Where(block => block.StartsWith("json", StringComparison.Ordinal))
        .Select(block => JsonNode.Parse(block["json".Length..])!.ToJsonString());

    private static string HostedPage([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "hosted-v3-turbo-standard.txt");
}
