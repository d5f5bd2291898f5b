using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client.Tests.Contracts;

public sealed class ErrorDetailTests
{
    [Fact]
    public void A_list_of_violations_is_written_as_the_hosted_service_writes_it()
    {
        var body = new ModelErrorBody
        {
            Detail =
            [
                new ErrorDetail { Loc = ["body", "multi_prompt", 2, "prompt"], Msg = "Field required", Type = "missing", Input = new JsonObject { ["duration"] = "3" } },
                new ErrorDetail { Loc = ["body", "cfg_scale"], Msg = "Input should be less than or equal to 1", Type = "less_than_equal", Ctx = new JsonObject { ["le"] = 1 } },
            ],
        };

        Assert.Equal(
            """{"detail":[{"loc":["body","multi_prompt",2,"prompt"],"msg":"Field required","type":"missing","input":{"duration":"3"}},"""
            + """{"loc":["body","cfg_scale"],"msg":"Input should be less than or equal to 1","type":"less_than_equal","ctx":{"le":1}}]}""",
            JsonSerializer.Serialize(body, WireJson.Plain.ModelErrorBody));
    }

    [Fact]
    public void A_location_comes_back_as_names_and_indices()
    {
        var body = JsonSerializer.Deserialize("""{"detail":[{"loc":["body","elements",1],"msg":"m","type":"t","input":null}]}""", WireJson.Plain.ModelErrorBody);

        Assert.Equal(["body", "elements", 1], Assert.Single(body!.Detail).Loc);
    }

    [Fact]
    public void Quotes_and_letters_of_any_script_stand_for_themselves() =>
        Assert.Equal("""{"detail":"'5' 镜头 & café"}""", JsonSerializer.Serialize(new RequestErrorBody { Detail = "'5' 镜头 & café" }, WireJson.Plain.RequestErrorBody));
}
