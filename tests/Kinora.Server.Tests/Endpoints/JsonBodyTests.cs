using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;

namespace Kinora.Server.Tests.Endpoints;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("\uFEFF{\"prompt\":\"after a byte order mark\"}")]
    public void Json_is_read(string text)
    {
        Assert.True(JsonBody.TryParse(Encoding.UTF8.GetBytes(text), out var body, out var violation));
        Assert.NotNull(body);
        Assert.Null(violation);
    }

    [Fact]
    public void Null_is_json_too()
    {
        Assert.True(JsonBody.TryParse("null"u8.ToArray(), out var body, out _));
        Assert.Null(body);
    }

    [Fact]
    public void An_empty_body_is_missing()
    {
        Assert.False(JsonBody.TryParse(ReadOnlyMemory<byte>.Empty, out _, out var violation));
        Assert.Equal(["body"], violation.Location);
        Assert.Equal("missing", violation.Type);
    }

    [Theory]
    [InlineData("x", 0)]
    [InlineData("prompt=Go", 0)]
    [InlineData("{\"prompt\":}", 10)]
    [InlineData("{\n \"图\": nul\n}", 11)]
    [InlineData("{\"a\":NaN}", 5)]
    [InlineData("{} {}", 3)]
    public void What_is_no_json_is_refused_at_the_character_where_reading_stopped(string text, int position)
    {
        var violation = Refuse(Encoding.UTF8.GetBytes(text));

        Assert.Equal("json_invalid", violation.Type);
        Assert.Equal("JSON decode error", violation.Message);
        Assert.Equal("{}", violation.Input!.ToJsonString());
        Assert.Equal(["body", position], violation.Location);
        Assert.DoesNotContain("LineNumber", violation.Context!["error"]!.GetValue<string>());
        Assert.DoesNotContain("reader options", violation.Context!["error"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"prompt\":\"Go")]
    [InlineData("[1,2,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("[01]")]
    [InlineData("{\"seed\":1,\"seed\":2}")]
    [InlineData("{\"seed\":1,\"s\\u0065ed\":2}")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_json_or_says_something_twice_is_refused(string text) =>
        Assert.Equal("json_invalid", Refuse(Encoding.UTF8.GetBytes(text)).Type);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_where_they_stand() =>
        Assert.Equal(["body", 3], Refuse([(byte)'"', 0xC3, 0xA9, (byte)'x', 0xFF, (byte)'"']).Location);

    [Fact]
    public void A_body_may_be_64_levels_deep_and_no_deeper()
    {
        Assert.True(JsonBody.TryParse(Nested(64), out _, out _));
        Assert.Equal("json_invalid", Refuse(Nested(65)).Type);
        Assert.Equal("json_invalid", Refuse(Nested(1_000_000)).Type);
    }

    [Fact]
    public void Huge_bodies_are_refused_fast_and_with_small_answers()
    {
        var started = Stopwatch.GetTimestamp();
        string[] bodies =
        [
            $"[{string.Join(',', Enumerable.Repeat("[]", 100_000))}]",
            $$"""{"multi_prompt":[{{string.Join(',', Enumerable.Repeat("{}", 100_000))}}]}""",
            $$"""{"elements":{{Encoding.UTF8.GetString(Nested(60))}},"prompt":"{{new string('x', 10_000_000)}}"}""",
            $$"""{"start_image_url":"data:image/png;base64,{{new string('A', 15_000_000)}}"}""",
            $$"""{"seed":{{new string('9', 1_000_000)}},"cfg_scale":{{new string('9', 1_000_000)}}}""",
            $$"""{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"field{i}\":{i}"))}}}""",
        ];

        Assert.All(bodies, text =>
        {
            Assert.True(JsonBody.TryParse(Encoding.UTF8.GetBytes(text), out var body, out _));
            var refused = Assert.IsType<InputValidation.Refused>(KlingEndpoints.All[0].Validate(body));
            Assert.InRange(refused.Violations.Count, 1, 20);
            Assert.All(refused.Violations, violation => Assert.InRange(violation.Input?.ToJsonString().Length ?? 0, 0, 3_000));
        });
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    private static Violation Refuse(byte[] body)
    {
        Assert.False(JsonBody.TryParse(body, out var parsed, out var violation));
        Assert.Null(parsed);
        return violation;
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
