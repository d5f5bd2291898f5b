using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Tests.Api;

public sealed class ViolationDetailTests
{
    [Fact]
    public void The_hosted_services_own_types_link_to_their_explanation()
    {
        var violation = new Violation(
            ["body", "start_image_url"], "Image too small.", "image_too_small", new JsonObject { ["min_height"] = 300 }, JsonValue.Create("https://x/y.png"));

        Assert.Equal(
            """[{"loc":["body","start_image_url"],"msg":"Image too small.","type":"image_too_small","url":"https://docs.fal.ai/errors/#image_too_small","ctx":{"min_height":300},"input":"https://x/y.png"}]""",
            ViolationDetail.ToJson([violation]));
    }

    [Fact]
    public void Types_of_the_validation_library_have_no_link()
    {
        Assert.Equal(
            """[{"loc":["body","multi_prompt",2,"prompt"],"msg":"Field required","type":"missing","input":{}}]""",
            ViolationDetail.ToJson([new Violation(["body", "multi_prompt", 2, "prompt"], "Field required", "missing", null, new JsonObject())]));
    }

    [Fact]
    public void A_refused_input_is_a_failure_that_is_never_retried()
    {
        var failure = ViolationDetail.ToFailure([new Violation(["body", "a"], "first", "missing"), new Violation(["body", "b"], "second", "missing")]);
        Assert.Equal((JobFailureKind.InvalidInput, "first", false), (failure.Kind, failure.Message, failure.CanRetry));
        Assert.Equal(2, JsonNode.Parse(failure.Detail!)!.AsArray().Count);
    }
}
