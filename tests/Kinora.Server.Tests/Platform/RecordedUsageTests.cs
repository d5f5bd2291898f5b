using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests.Platform;

/// <summary>A real clip, and what is on the record of it.</summary>
public sealed class RecordedUsageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_clip_is_recorded_with_its_seconds_and_the_price_of_what_was_asked_for()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address), Timeout = TimeSpan.FromMinutes(3) };
        var input = new JsonObject { ["image_url"] = server.Picture.DeepClone(), ["duration"] = "3", ["generate_audio"] = true };
        using var run = await http.PostAsJsonAsync("/fal-ai/kling-video/o3/standard/image-to-video", input);
        run.EnsureSuccessStatusCode();

        var usage = Assert.Single((await http.GetFromJsonAsync<JsonObject>("/v1/models/billing-events"))!["billing_events"]!.AsArray())!;

        Assert.Equal((3m, 0.112m, 0.336m), ((decimal)usage["output_units"]!, (decimal)usage["unit_price"]!, (decimal)usage["cost"]!));
        Assert.Equal(run.Headers.GetValues("x-fal-request-id").Single(), (string?)usage["request_id"]);
        Assert.Equal("3", run.Headers.GetValues("x-fal-billable-units").Single());
    }
}
