using System.Net;
using System.Text.Json.Nodes;
using static Kinora.Client.Tests.Replies;

namespace Kinora.Client.Tests;

public sealed class ErrorAnswerTests
{
    [Fact]
    public async Task A_refused_input_says_which_fields_are_wrong()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(
            422,
            """
            {"detail":[
              {"loc":["body","start_image_url"],"msg":"Image too small","type":"image_too_small","url":"https://docs.fal.ai/errors/#image_too_small","ctx":{"min_height":300,"min_width":300},"input":"https://e.org/a.png"},
              {"loc":["body","multi_prompt",1,"prompt"],"msg":"Field required","type":"missing","input":{}}]}
            """)
        {
            Headers = new Dictionary<string, string> { ["x-fal-request-id"] = "r1" },
        });

        var failure = await Assert.ThrowsAsync<KinoraValidationException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));

        Assert.Equal("body.start_image_url: Image too small; body.multi_prompt.1.prompt: Field required", failure.Message);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "r1", "image_too_small"), (failure.StatusCode, failure.RequestId, failure.ErrorType));
        Assert.Equal(300, (int)Assert.Single(failure.ErrorsOf("start_image_url")).Ctx!["min_width"]!);
        Assert.Equal("missing", Assert.Single(failure.ErrorsOf("multi_prompt")).Type);
    }

    [Fact]
    public async Task A_platform_error_brings_its_sentence_and_its_type()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(504, """{"detail":"Request timed out","error_type":"request_timeout"}""")
        {
            Headers = new Dictionary<string, string> { ["x-fal-request-id"] = "r1", ["x-fal-request-timeout-type"] = "user" },
        });

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));

        Assert.Equal(("Request timed out", "request_timeout", HttpStatusCode.GatewayTimeout), (failure.Message, failure.ErrorType, failure.StatusCode));
    }

    [Fact]
    public async Task The_type_may_stand_in_a_header()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(499, """{"detail":"Request was cancelled"}""")
        {
            Headers = new Dictionary<string, string> { ["X-Fal-Error-Type"] = "client_cancelled" },
        });

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));
        Assert.Equal("client_cancelled", failure.ErrorType);
    }

    [Theory]
    [InlineData(400, """{"detail":"Request is still in progress"}""", "Request is still in progress")]
    [InlineData(404, """{"status":"NOT_FOUND"}""", "NOT_FOUND")]
    [InlineData(500, """{"detail":[{"loc":["body"],"msg":"Boom","type":"internal_server_error"}]}""", "body: Boom")]
    [InlineData(422, """{"detail":[{"unlike":"anything"}]}""", """[{"unlike":"anything"}]""")]
    [InlineData(422, """{"detail":"no list"}""", "no list")]
    [InlineData(500, "<h1>Oops</h1>", "HTTP 500 Internal Server Error: <h1>Oops</h1>")]
    [InlineData(500, "", "HTTP 500 Internal Server Error")]
    [InlineData(500, "[1]", "HTTP 500 Internal Server Error: [1]")]
    public async Task Whatever_the_answer_is_the_message_is_readable(int code, string body, string expected)
    {
        await using var server = new Loopback(_ => new Loopback.Answer(code, body));

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));
        Assert.Equal(expected, failure.Message);
        Assert.Equal(code, (int)failure.StatusCode);
    }

    [Theory]
    [InlineData("<h1>Welcome</h1>")]
    [InlineData("null")]
    [InlineData("""{"image":{}}""")]
    public async Task A_success_that_is_no_result_is_an_error_with_a_reason(string body)
    {
        await using var server = new Loopback(_ => new Loopback.Answer(200, body));

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().RunAsync(Endpoint, new JsonObject()));
        Assert.Contains("not what the protocol says", failure.Message);
    }
}
