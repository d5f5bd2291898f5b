using System.Text.Json.Nodes;

namespace Kinora.Browser.Tests.Playground;

/// <summary>The request that is being written: storyboard, elements, JSON, code.</summary>
public sealed class FormTests(PlaygroundFixture playground)
{
    private static readonly string[] s_clients = ["Python", "JavaScript", "C#", "cURL", "CLI"];

    [Fact]
    public async Task A_storyboard_is_made_moved_timed_and_run()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.DropAsync("[data-path=start_image_url] .media", "coffee.jpg");
        await page.Page.CheckAsync("input[value=storyboard]");
        await page.Page.FillAsync(".shot textarea >> nth=0", "one");
        await page.Page.FillAsync(".shot textarea >> nth=1", "two");
        await page.Page.ClickAsync("text=Add a shot");
        await page.Page.Keyboard.TypeAsync("three");
        await page.Page.ClickAsync("role=button[name='Move shot 3 up']");
        await page.Page.FillAsync("role=slider[name='Length of shot 1']", "12");

        Assert.Contains("over the limit", await page.Page.InnerTextAsync(".shot-total"), StringComparison.Ordinal);
        await page.Page.FillAsync("role=slider[name='Length of shot 1']", "4");
        Assert.Equal("Total 10 s", await page.Page.InnerTextAsync(".shot-total"));
        Assert.Equal(["one", "three", "two"], (await InputAsync(page))["multi_prompt"]!.AsArray().Select(shot => (string)shot!["prompt"]!));
        await page.Page.ClickAsync("role=button[name='Remove shot 2']");
        Assert.Equal(["one", "two"], (await InputAsync(page))["multi_prompt"]!.AsArray().Select(shot => (string)shot!["prompt"]!));

        var id = await page.RunAsync();
        await page.PlayToEndAsync();
        await page.GoAsync("request/" + id);
        Assert.Equal("one two", (await page.Page.InnerTextAsync(".prompt-title")).Replace('\n', ' ').Trim());
    }

    [Fact]
    public async Task An_element_is_named_in_the_prompt_by_choosing_it()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.ClickAsync("text=Add an element");
        await page.DropAsync("[data-path='elements.0.frontal_image_url'] .media", "dogs.jpg");
        await page.DropAsync("[data-path='elements.0.reference_image_urls'] .media >> nth=0", "dogs.jpg");
        await page.Page.ClickAsync("textarea.prompt");
        await page.Page.Keyboard.TypeAsync("Then @ele");
        await page.Page.WaitForSelectorAsync("[role=listbox]:not([hidden]) >> text=@Element1");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.TypeAsync("barks.");

        var input = await InputAsync(page);
        Assert.Equal("Then @Element1 barks.", (string?)input["prompt"]);
        Assert.Single(input["elements"]![0]!["reference_image_urls"]!.AsArray());
        await page.Page.ClickAsync("role=button[name='Remove element 1']");
        Assert.Null((await InputAsync(page))["elements"]);
    }

    [Fact]
    public async Task The_form_and_the_JSON_follow_each_other()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.FillAsync("textarea.prompt", "from the form");
        await page.Page.ClickAsync("role=tab[name=JSON]");
        Assert.Contains("from the form", await page.Page.InputValueAsync(".json"), StringComparison.Ordinal);

        await page.Page.FillAsync(".json", """{"prompt": "from the text", "duration": "9", "cfg_scale": 3}""");
        await page.Page.WaitForSelectorAsync(".json-panel .reasons >> text=cfg_scale");
        await page.Page.FillAsync(".json", "{ \"prompt\": ");
        await page.Page.WaitForSelectorAsync("#json-problem:not([hidden])");
        await page.Page.ClickAsync("role=tab[name=Form]");

        Assert.Equal("from the text", await page.Page.InputValueAsync("textarea.prompt"));
        Assert.Equal("9", await page.Page.InputValueAsync("input[type=range] >> nth=0"));
        await page.Page.WaitForSelectorAsync("[data-path=cfg_scale].wrong >> text=less than or equal to 1");
    }

    [Fact]
    public async Task The_code_of_every_client_names_this_server_and_is_copied_by_one_click()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.FillAsync("textarea.prompt", "It's \"here\"");
        await page.Page.ClickAsync("role=tab[name=Code]");
        foreach (var client in s_clients)
        {
            await page.Page.ClickAsync($"role=tab[name='{client}']");
            await page.Page.ClickAsync(".code-body .copy >> nth=1");
            var copied = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
            var setup = await page.Page.InnerTextAsync(".code-body pre >> nth=0");
            Assert.Contains(page.Address.Authority, copied + setup, StringComparison.Ordinal);
            Assert.Contains("here", copied, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_endpoint_keeps_what_it_also_knows()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.DropAsync("[data-path=start_image_url] .media", "coffee.jpg");
        await page.Page.FillAsync("textarea.prompt", "kept");

        await page.Page.SelectOptionAsync("#endpoint", "fal-ai/kling-video/o3/standard/image-to-video");

        await page.Page.WaitForSelectorAsync("[data-path=image_url] .media img");
        var input = await InputAsync(page);
        Assert.Equal(("kept", null), ((string?)input["prompt"], input["start_image_url"]));
    }

    private static async Task<JsonNode> InputAsync(PlaygroundPage page) =>
        JsonNode.Parse(await page.Page.EvaluateAsync<string>("localStorage.getItem('kinora.draft')"))!["input"]!;
}
