using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;

namespace Kinora.Server.Tests.Endpoints.Kling;

public sealed class HostileInputTests
{
    private static readonly string[] s_odd =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "0.1", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"5\"", "[]", "[null]", "[[]]", "{}", "{\"\":0}",
        "{\"prompt\":{}}", "[{\"duration\":[]}]", "\"data:,\"", "\"http://[::1\"", "\"https://例え.jp/a\"", "[{\"video_url\":\"data:\"}]", "[{\"reference_image_urls\":[null]}]",
    ];

    [Fact]
    public void Whatever_stands_in_the_fields_there_is_a_verdict_that_can_be_written_down()
    {
        var chance = new Random(20261121);
        foreach (var endpoint in KlingEndpoints.All.SelectMany(endpoint => Enumerable.Repeat(endpoint, 2000)))
        {
            var text = Shuffle(endpoint, chance);
            Assert.True(JsonBody.TryParse(Encoding.UTF8.GetBytes(text), out var body, out _), text);
            if (endpoint.Validate(body) is InputValidation.Refused refused)
            {
                Assert.NotEmpty(refused.Violations);
                Assert.InRange(Write(refused.Violations).Length, 1, 100_000);
            }
        }
    }

    [Fact]
    public void Whatever_bytes_come_there_is_a_verdict()
    {
        var chance = new Random(20261121);
        var good = Encoding.UTF8.GetBytes(KlingEndpoints.All[0].FullExample.ToJsonString());
        for (var round = 0; round < 5000; round++)
        {
            var bytes = good.AsSpan(0, chance.Next(good.Length + 1)).ToArray();
            for (var change = chance.Next(4); change > 0 && bytes.Length > 0; change--)
            {
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            }

            if (JsonBody.TryParse(bytes, out var body, out var violation))
            {
                Assert.NotNull(KlingEndpoints.All[0].Validate(body));
            }
            else
            {
                Assert.InRange(violation.Location.Count == 1 ? 0 : (int)violation.Location[1], 0, bytes.Length);
            }
        }
    }

    private static string Shuffle(ModelEndpoint endpoint, Random chance)
    {
        var fields = endpoint.Input.Fields.Where(_ => chance.Next(3) > 0).Select(field => $"\"{field.Name}\":{(chance.Next(2) == 0 ? Good(endpoint, field.Name) : s_odd[chance.Next(s_odd.Length)])}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string Good(ModelEndpoint endpoint, string field) => endpoint.FullExample[field]?.ToJsonString() ?? "null";

    private static string Write(IReadOnlyList<Violation> violations) => JsonSerializer.Serialize(
        new ModelErrorBody
        {
            Detail = [.. violations.Select(violation => new ErrorDetail { Loc = violation.Location, Msg = violation.Message, Type = violation.Type, Ctx = violation.Context, Input = violation.Input })],
        },
        WireJson.Plain.ModelErrorBody);
}
