using Kinora.Server.Api;

namespace Kinora.Server.Tests.Api;

public sealed class InputBodyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"prompt":"ein Reh","multi_prompt":null}""")]
    [InlineData("""{"prompt":"\ud83c\udfac"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    public void Json_is_read(string text)
    {
        Assert.True(InputBody.TryParse(text, out _, out var violation));
        Assert.Null(violation);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("{} {}")]
    [InlineData("<html></html>")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"prompt":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public void Anything_else_is_one_violation_of_type_json_invalid(string text)
    {
        Assert.False(InputBody.TryParse(text, out _, out var violation));
        Assert.Equal("json_invalid", violation.Type);
        Assert.Equal("body", violation.Location[0]);
        Assert.IsType<int>(violation.Location[1]);
        Assert.NotNull(violation.Context?["error"]);
    }

    [Fact]
    public void An_empty_body_is_a_missing_one()
    {
        Assert.False(InputBody.TryParse("", out _, out var violation));
        Assert.Equal(("missing", "Field required"), (violation.Type, violation.Message));
        Assert.Equal(["body"], violation.Location);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_ends_at_64_levels(int depth, bool isAccepted)
    {
        var text = new string('[', depth) + new string(']', depth);
        Assert.Equal(isAccepted, InputBody.TryParse(text, out _, out _));
    }
}
