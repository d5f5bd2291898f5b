using System.Text.Json;
using Kinora.Jobs;

namespace Kinora.Server.Playground;

/// <summary>What states and failures are called in the answers to the pages: the names of the enumerations in snake case.</summary>
internal static class JobWords
{
    private static readonly Dictionary<string, JobState> s_states = Enum.GetValues<JobState>().ToDictionary(Of);

    /// <summary>A state's word, for example <c>completed</c>.</summary>
    public static string Of(JobState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>A failure's word, for example <c>invalid_input</c>.</summary>
    public static string Of(JobFailureKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Reads a state's word.</summary>
    public static bool TryParse(string word, out JobState state) => s_states.TryGetValue(word, out state);
}
