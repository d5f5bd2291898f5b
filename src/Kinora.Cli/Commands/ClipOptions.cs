using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Fields;
using Kinora.Server.Endpoints.Kling;

namespace Kinora.Cli.Commands;

/// <summary>What a clip shall be: the options that <c>generate</c> and <c>submit</c> share.</summary>
internal static class ClipOptions
{
    public static readonly Option<FileInfo> Image = new("--image", "-i") { Description = "The picture the clip starts on.", Required = true };
    public static readonly Option<FileInfo?> End = new("--end") { Description = "The picture the clip ends on." };
    public static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Where to write the MP4.", DefaultValueFactory = _ => new FileInfo("out.mp4") };

    private static readonly Option<string> s_endpointId = new("--endpoint", "-e")
    {
        Description = "Which endpoint; `kinora endpoints` lists them.",
        DefaultValueFactory = _ => KlingV3StandardId,
    };

    private static readonly Option<FileInfo?> s_input = new("--input") { Description = "A JSON file with the endpoint's input; the other options overrule it." };
    private static readonly Option<string?> s_prompt = new("--prompt", "-p") { Description = "What happens, for example \"slowly push in, then tilt up\"." };
    private static readonly Option<string[]> s_shot = new("--shot") { Description = "A shot of a storyboard as SECONDS:PROMPT, instead of --prompt. Repeat it for each shot, up to six." };
    private static readonly Option<int?> s_duration = new("--duration", "-d") { Description = "Seconds, 3 to 15. Default 5." };
    private static readonly Option<bool?> s_audio = new("--audio") { Description = "Whether to make a soundtrack: true or false. Default: the endpoint's." };
    private static readonly Option<string?> s_negativePrompt = new("--negative-prompt") { Description = "What not to do." };
    private static readonly Option<double?> s_cfgScale = new("--cfg-scale") { Description = "How closely to follow the prompt, 0 to 1. Default 0.5." };
    private static readonly Option<long?> s_seed = new("--seed") { Description = "The same seed gives the same clip. Default: from the request." };

    private const string KlingV3StandardId = "fal-ai/kling-video/v3/standard/image-to-video";

    public static void AddTo(Command command)
    {
        command.Add(Output);
        AddRequestTo(command);
    }

    /// <summary>The options without the output: for a verb that makes no file.</summary>
    public static void AddRequestTo(Command command)
    {
        foreach (var option in (Option[])[Image, End, s_endpointId, s_input, s_prompt, s_shot, s_duration, s_audio, s_negativePrompt, s_cfgScale, s_seed])
            command.Add(option);
        command.Validators.Add(result =>
        {
            foreach (var option in new Option<FileInfo>[] { Image, End!, s_input! })
            {
                if (result.GetResult(option) is not null && result.GetValue(option) is { Exists: false } missing)
                    result.AddError($"{option.Name}: there is no file {missing.FullName}.");
            }

            if (result.GetResult(s_endpointId)?.GetValueOrDefault<string>() is { } id && Find(id) is null)
                result.AddError($"There is no endpoint {id}; `kinora endpoints` lists them.");
            foreach (var shot in result.GetValue(s_shot) ?? [])
            {
                if (shot.Split(':', 2) is not [var seconds, _] || !int.TryParse(seconds, out _))
                    result.AddError($"--shot {shot}: expected SECONDS:PROMPT, for example \"3:slow push in\".");
            }
        });
    }

    public static ModelEndpoint EndpointOf(ParseResult arguments) => Find(arguments.GetRequiredValue(s_endpointId))!;

    /// <summary>The endpoint's input as far as it is no picture.</summary>
    /// <exception cref="JsonException">The input file holds no JSON object.</exception>
    public static JsonObject ReadInput(ParseResult arguments)
    {
        var input = arguments.GetValue(s_input) is { } file
            ? JsonNode.Parse(File.ReadAllText(file.FullName)) as JsonObject ?? throw new JsonException($"{file.FullName} holds no JSON object.")
            : [];
        Set(input, "prompt", arguments.GetValue(s_prompt));
        Set(input, "duration", arguments.GetValue(s_duration)?.ToString(CultureInfo.InvariantCulture));
        Set(input, "generate_audio", arguments.GetValue(s_audio));
        Set(input, "negative_prompt", arguments.GetValue(s_negativePrompt));
        Set(input, "cfg_scale", arguments.GetValue(s_cfgScale));
        Set(input, "seed", arguments.GetValue(s_seed));
        if (arguments.GetValue(s_shot) is { Length: > 0 } shots)
            input["multi_prompt"] = new JsonArray([.. shots.Select(ToShot)]);
        return input;
    }

    /// <summary>The pictures by the names of the endpoint's fields.</summary>
    /// <exception cref="JsonException">There is an end picture, and the endpoint takes none.</exception>
    public static IReadOnlyDictionary<string, string> ReadPictures(ParseResult arguments)
    {
        var fields = EndpointOf(arguments).Input.Fields.OfType<MediaField>().ToList();
        var pictures = new Dictionary<string, string> { [fields.First(field => field.IsRequired).Name] = arguments.GetRequiredValue(Image).FullName };
        if (arguments.GetValue(End) is { } end)
        {
            var field = fields.FirstOrDefault(field => !field.IsRequired) ?? throw new JsonException($"{EndpointOf(arguments).Id} takes no end image.");
            pictures[field.Name] = end.FullName;
        }

        return pictures;
    }

    private static ModelEndpoint? Find(string id) => KlingEndpoints.All.FirstOrDefault(endpoint => endpoint.Id == id);

    private static void Set<T>(JsonObject input, string field, T? value)
    {
        if (value is not null)
            input[field] = JsonValue.Create(value);
    }

    private static JsonObject ToShot(string shot)
    {
        var parts = shot.Split(':', 2);
        return new JsonObject { ["duration"] = parts[0], ["prompt"] = parts[1].Trim() };
    }
}
