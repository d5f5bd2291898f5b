using Kinora.Server.Endpoints;

namespace Kinora.Server.Tests.Endpoints;

public sealed class PromptTextTests
{
    [Theory]
    [InlineData("""{"prompt":"a \"b\" ü"}""", "a \"b\" ü")]
    [InlineData("""{"image_url":"x","multi_prompt":[{"prompt":"one","duration":"3"},{"prompt":"two"}]}""", "one\ntwo")]
    [InlineData("""{"prompt":"  "}""", null)]
    [InlineData("""{"prompt":7}""", null)]
    [InlineData("""{"elements":[{"voice":{"prompt":"deep"}}]}""", null)]
    [InlineData("""["prompt"]""", null)]
    [InlineData("no json", null)]
    [InlineData("", null)]
    [InlineData("""{"prompt":"\ud800"}""", null)]
    public void The_prompts_of_an_input_are_found_whatever_else_it_is(string input, string? text) => Assert.Equal(text, PromptText.Of(input));

    [Fact]
    public void Long_texts_are_cut() => Assert.Equal(4_000, PromptText.Of($$"""{"prompt":"{{new string('x', 9_000)}}"}""")!.Length);
}
