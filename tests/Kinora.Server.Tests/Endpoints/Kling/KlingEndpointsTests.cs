using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

/// <summary>What holds for every Kling endpoint.</summary>
public sealed class KlingEndpointsTests
{
    private const string Seconds = "'3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14' or '15'";
    private const string ShotSeconds = "'1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14' or '15'";
    private const string NotText = "string_type: Input should be a valid string";
    private const string NotBoolean = "bool_type: Input should be a valid boolean";
    private const string Unreadable = "bool_parsing: Input should be a valid boolean, unable to interpret input";
    private const string NoUrl = "file_download_error: Failed to download the file. Expected an http or https URL or a data URI.";
    private const string NoObject = "model_attributes_type: Input should be a valid dictionary or object to extract fields from";

    /// <summary>The fields and values that an endpoint refuses, with what it says about them.</summary>
    public static TheoryData<string, string, string, string> Refusals()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var (id, image) in new[] { (V3, "start_image_url"), (Turbo, "image_url"), (O3, "image_url") })
        {
            AddText(rows, id, "prompt", 2500);
            AddMedia(rows, id, image);
            rows.Add(id, image, "null", NotText);
            AddStoryboard(rows, id);
            foreach (var duration in new[] { "5", "5.0", "\"2\"", "\"16\"", "\"05\"", "\"5s\"", "\"\"", "true", "[\"5\"]" })
            {
                rows.Add(id, "duration", duration, $"literal_error: Input should be {Seconds}");
            }

            AddSeed(rows, id);
        }

        foreach (var id in new[] { V3, O3 })
        {
            AddMedia(rows, id, "end_image_url");
            rows.Add(id, "generate_audio", "\"loud\"", Unreadable);
            rows.Add(id, "generate_audio", "2", Unreadable);
            rows.Add(id, "generate_audio", "\"\\ud800\"", Unreadable);
            rows.Add(id, "generate_audio", "[]", NotBoolean);
            rows.Add(id, "generate_audio", "{}", NotBoolean);
            rows.Add(id, "shot_type", "\"clever\"", "literal_error: Input should be 'customize' or 'intelligent'");
            rows.Add(id, "shot_type", "1", "literal_error: Input should be 'customize' or 'intelligent'");
        }

        AddText(rows, V3, "negative_prompt", 2500);
        rows.Add(V3, "cfg_scale", "-0.01", "greater_than_equal: Input should be greater than or equal to 0");
        rows.Add(V3, "cfg_scale", "1.01", "less_than_equal: Input should be less than or equal to 1");
        rows.Add(V3, "cfg_scale", "1e400", "less_than_equal: Input should be less than or equal to 1");
        rows.Add(V3, "cfg_scale", "\"NaN\"", "greater_than_equal: Input should be greater than or equal to 0");
        rows.Add(V3, "cfg_scale", "true", "float_type: Input should be a valid number");
        rows.Add(V3, "cfg_scale", "[0.5]", "float_type: Input should be a valid number");
        rows.Add(V3, "cfg_scale", "\"half\"", "float_parsing: Input should be a valid number, unable to parse string as a number");
        rows.Add(V3, "cfg_scale", "\"\\ud800\"", "float_parsing: Input should be a valid number, unable to parse string as a number");
        rows.Add(V3, "elements", "{}", "list_type: Input should be a valid list");
        rows.Add(V3, "elements", "\"x\"", "list_type: Input should be a valid list");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses(string endpoint, string field, string value, string expected)
    {
        var (at, says) = expected.StartsWith('.') ? (expected[..expected.IndexOf(' ')], expected[(expected.IndexOf(' ') + 1)..]) : ("", expected);
        var body = With(endpoint, field, value);
        if (field == "multi_prompt")
        {
            body.Remove("prompt");
        }

        Assert.Equal([$"body.{field}{at} {says}"], Refuse(endpoint, body).Select(Tell));
    }

    [Theory]
    [InlineData(V3, "start_image_url")]
    [InlineData(Turbo, "image_url")]
    [InlineData(O3, "image_url")]
    public void The_start_image_must_be_given(string endpoint, string field)
    {
        var violation = Assert.Single(Refuse(endpoint, """{"prompt":"Go"}"""));

        Assert.Equal($"body.{field} missing: Field required", Tell(violation));
        Assert.Equal("""{"prompt":"Go"}""", violation.Input!.ToJsonString());
        Assert.Null(violation.Context);
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void A_body_that_is_no_object_is_refused_as_a_whole(string endpoint)
    {
        Assert.Equal(["body missing: Field required"], Refuse(endpoint, (JsonNode?)null).Select(Tell));
        Assert.All(["[]", "\"x\"", "5", "true"], body => Assert.Equal([$"body {NoObject}"], Refuse(endpoint, body).Select(Tell)));
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void Unknown_fields_are_ignored(string endpoint) =>
        Assert.NotNull(Accept(endpoint, With(endpoint, "aspect_ratio", """{"what":["ever",1e400,null]}""").ToJsonString()));

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void An_optional_field_may_be_null_and_then_has_its_default(string endpoint)
    {
        var definition = Find(endpoint);
        var body = With(endpoint, "multi_prompt", "null");
        var plain = Assert.IsType<InputValidation.Accepted>(definition.Validate(body)).Request;
        foreach (var field in definition.Input.Fields.Where(field => !body.ContainsKey(field.Name)))
        {
            body[field.Name] = null;
        }

        var withNulls = Assert.IsType<InputValidation.Accepted>(definition.Validate(body)).Request;
        Assert.Equivalent(plain, withNulls, strict: true);
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void A_prompt_and_a_storyboard_exclude_each_other(string endpoint)
    {
        var body = With(endpoint, "multi_prompt", Shots(5));
        body["prompt"] = "Go";

        var violation = Assert.Single(Refuse(endpoint, body));
        Assert.Equal("body value_error: Value error, Either prompt or multi_prompt must be provided, but not both", Tell(violation));
        Assert.Equal("""{"error":{}}""", violation.Context!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(body, violation.Input));
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void A_blank_prompt_beside_a_storyboard_is_what_forms_send_and_counts_as_none(string endpoint)
    {
        var body = With(endpoint, "multi_prompt", Shots(4));
        body["prompt"] = " ";

        Assert.Equal("Shot of 4 s", Assert.Single(Accept(endpoint, body.ToJsonString()).Shots).Prompt);
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void With_a_storyboard_the_shots_add_up_and_the_duration_is_ignored(string endpoint)
    {
        var body = With(endpoint, "multi_prompt", Shots(1, 4, 2));
        body.Remove("prompt");
        body["duration"] = "15";

        var request = Accept(endpoint, body.ToJsonString());
        Assert.Equal([1, 4, 2], request.Shots.Select(shot => (int)shot.Duration.TotalSeconds));
        Assert.False(request.DirectorMayCut);
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void A_shot_without_a_length_lasts_five_seconds(string endpoint)
    {
        var body = With(endpoint, "multi_prompt", """[{"prompt":"a"},{"prompt":"b","duration":null}]""");
        body.Remove("prompt");

        Assert.Equal([5, 5], Accept(endpoint, body.ToJsonString()).Shots.Select(shot => (int)shot.Duration.TotalSeconds));
    }

    [Theory]
    [InlineData(V3)]
    [InlineData(Turbo)]
    [InlineData(O3)]
    public void The_largest_seed_comes_through_exactly(string endpoint) =>
        Assert.Equal(long.MaxValue, Accept(endpoint, With(endpoint, "seed", "9223372036854775807").ToJsonString()).Seed);

    [Fact]
    public void Ids_titles_and_field_names_are_unique()
    {
        Assert.Equal([V3, Turbo, O3, V3Pro, V34K, TurboPro, O3Pro, O34K], KlingEndpoints.All.Select(endpoint => endpoint.Id));
        Assert.Distinct(KlingEndpoints.All.Select(endpoint => endpoint.Title));
        Assert.Distinct(KlingEndpoints.All.Select(endpoint => endpoint.Input.Name));
        Assert.All(KlingEndpoints.All, endpoint => Assert.Distinct(endpoint.Input.Fields.Select(field => field.Name)));
    }

    [Fact]
    public void Every_field_says_what_it_is_for_and_every_default_and_example_is_acceptable() => Assert.All(KlingEndpoints.All, endpoint =>
    {
        Assert.All(endpoint.Input.Fields, field => Assert.NotEmpty(field.Description));
        Assert.IsType<InputValidation.Accepted>(endpoint.Validate(endpoint.FullExample));
        Assert.NotEmpty(endpoint.Capabilities);
    });

    private static void AddText(TheoryData<string, string, string, string> rows, string id, string field, int maxLength)
    {
        rows.Add(id, field, "5", NotText);
        rows.Add(id, field, "false", NotText);
        rows.Add(id, field, "[\"a\"]", NotText);
        rows.Add(id, field, "{}", NotText);
        rows.Add(id, field, "\"\\ud800\"", "string_unicode: Input should be a valid string, unable to parse raw data as a unicode string");
        rows.Add(id, field, $"\"{new string('x', maxLength + 1)}\"", $"string_too_long: String should have at most {maxLength} characters");
    }

    private static void AddMedia(TheoryData<string, string, string, string> rows, string id, string field)
    {
        rows.Add(id, field, "5", NotText);
        rows.Add(id, field, "[]", NotText);
        foreach (var url in new[] { "", " ", "photo.jpg", "/etc/passwd", "file:///etc/passwd", "ftp://example.org/a.png", "http://", "https:///a.png", "javascript:alert(1)", "blob:x" })
        {
            rows.Add(id, field, $"\"{url}\"", NoUrl);
        }

        rows.Add(id, field, "\"data:image/png;base64\"", "file_download_error: Failed to download the file. A data URI has a comma between its media type and its data.");
        rows.Add(id, field, $"\"https://example.org/{new string('x', 2048)}\"", "string_too_long: String should have at most 2048 characters");
    }

    private static void AddStoryboard(TheoryData<string, string, string, string> rows, string id)
    {
        rows.Add(id, "multi_prompt", "\"a, then b\"", "list_type: Input should be a valid list");
        rows.Add(id, "multi_prompt", "{}", "list_type: Input should be a valid list");
        rows.Add(id, "multi_prompt", "[]", "sequence_too_short: List should have at least 1 item, not 0");
        rows.Add(id, "multi_prompt", Shots(2, 2, 2, 2, 2, 2, 2), "sequence_too_long: List should have at most 6 items, not 7");
        rows.Add(id, "multi_prompt", Shots(8, 8), "value_error: Value error, Total duration of the shots must be at most 15 seconds, got 16");
        rows.Add(id, "multi_prompt", Shots(1, 1), "value_error: Value error, Total duration of the shots must be at least 3 seconds, got 2");
        rows.Add(id, "multi_prompt", "[null]", $".0 {NoObject}");
        rows.Add(id, "multi_prompt", "[\"a\"]", $".0 {NoObject}");
        rows.Add(id, "multi_prompt", """[{"prompt":"a"},{"duration":"5"}]""", ".1.prompt missing: Field required");
        rows.Add(id, "multi_prompt", """[{"prompt":null}]""", $".0.prompt {NotText}");
        rows.Add(id, "multi_prompt", """[{"prompt":"a","duration":"0"}]""", $".0.duration literal_error: Input should be {ShotSeconds}");
        rows.Add(id, "multi_prompt", """[{"prompt":"a","duration":3}]""", $".0.duration literal_error: Input should be {ShotSeconds}");
    }

    private static void AddSeed(TheoryData<string, string, string, string> rows, string id)
    {
        rows.Add(id, "seed", "-1", "greater_than_equal: Input should be greater than or equal to 0");
        rows.Add(id, "seed", "9223372036854775808", "less_than_equal: Input should be less than or equal to 9223372036854775807");
        rows.Add(id, "seed", "1e400", "less_than_equal: Input should be less than or equal to 9223372036854775807");
        rows.Add(id, "seed", "-1e400", "greater_than_equal: Input should be greater than or equal to 0");
        rows.Add(id, "seed", "1.5", "int_from_float: Input should be a valid integer, got a number with a fractional part");
        rows.Add(id, "seed", "\"lucky\"", "int_parsing: Input should be a valid integer, unable to parse string as an integer");
        rows.Add(id, "seed", "\"\\ud800\"", "int_parsing: Input should be a valid integer, unable to parse string as an integer");
        rows.Add(id, "seed", "true", "int_type: Input should be a valid integer");
    }
}
