using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Tests.Endpoints;

public sealed class InputExcerptTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"short\"")]
    [InlineData("""{"a":[1,2.5,true,null,{"b":"c"}]}""")]
    public void A_small_value_is_echoed_as_it_came(string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), InputExcerpt.Of(JsonNode.Parse(json))));

    [Fact]
    public void A_long_string_is_cut_and_never_in_the_middle_of_a_character()
    {
        var text = new string('x', 199) + "😀" + new string('y', 1000);

        Assert.Equal(new string('x', 199) + "…", InputExcerpt.Of(JsonValue.Create(text))!.GetValue<string>());
    }

    [Fact]
    public void A_string_that_is_no_text_does_not_break_the_answer() =>
        Assert.Equal("{\"prompt\":\"\\u2026\"}", InputExcerpt.Of(JsonNode.Parse("""{"prompt":"\ud800"}"""))!.ToJsonString());

    [Fact]
    public void A_wide_value_is_cut()
    {
        var list = new JsonArray([.. Enumerable.Range(0, 1000).Select(number => JsonValue.Create(number))]);

        var excerpt = Assert.IsType<JsonArray>(InputExcerpt.Of(list));
        Assert.InRange(excerpt.Count, 100, 300);
        Assert.Equal("…", excerpt[^1]!.GetValue<string>());
    }

    [Fact]
    public void A_deep_value_is_cut()
    {
        JsonNode value = new JsonObject();
        for (var depth = 0; depth < 60; depth++)
        {
            value = new JsonObject { ["down"] = value, ["beside"] = new string('x', 500) };
        }

        Assert.InRange(Encoding.UTF8.GetByteCount(InputExcerpt.Of(value)!.ToJsonString()), 1, 3_000);
    }
}
